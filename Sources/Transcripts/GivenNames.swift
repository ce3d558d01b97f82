extension Redaction {
  /// Given names that people write in small letters too, and that are no other common word: the commonest of several
  /// countries. Names that are words as well (will, grace, mark) are left to their capitals.
  static let givenNames = Set(
    """
    aaron abdul abdullah abigail adam adrian ahmed aisha aidan alan albert alejandro alex alexander alexandra alfie alfred ali
    alice alicia alison allison amanda amelia amina amir amira amy ana anders andrea andreas andrew andy angela anita ann anna
    anne annette annie anthony antonio anya aoife archie arjun arthur asha ashley audrey ava ayesha barbara beatrice becky ben
    benjamin bernard beth bethany betty bogdan brandon brenda brendan brian bridget bruno caitlin callum cameron carla carlos
    carmen carol caroline catherine cathy cecilia charlie charlotte chen cheryl chloe chris christian christina christine
    christopher ciara claire clara claudia colin connor craig cristina cynthia daisuke dan daniel daniela danielle danny dave
    david debbie deborah declan deepak denise dennis derek diana diane diego dmitri dominic donna dorothy doug douglas dylan
    eddie edith edward eileen elaine eleanor elena elias elif elizabeth ella ellen ellie emily emma emmanuel eric erik erin
    ethan eva evelyn evie ewan farah fatima felipe felix fernando fiona florence fran frances francesca francesco francis
    frederick gabriel gareth gary gavin gemma geoff george georgia gerald gerard gillian giulia giuseppe gloria gordon greg
    gregory guillermo gustavo hamza hana hannah hans harriet harvey hassan heather hector heidi helen helena henry hiroshi
    holly howard hugh hugo hussein ian ibrahim imran ingrid irene isaac isabel isabella isla ivan jacob jacqueline jade jake
    jamal james jamie jan jane janet janice jasmine jason javier jean jeff jeffrey jen jennifer jenny jeremy jess jesse
    jessica jill jim jimmy joan joanna joanne joe joel johan johann john johnny jon jonas jonathan jordan jorge jose joseph
    josephine josh joshua joyce juan judith judy julia julian julie juliet justin karen karim karl kate katherine kathleen
    kathryn kathy katie kayla keith kelly ken kenji kenneth kevin khalid kieran kim kirsty krishna kumar kyle laura lauren
    laurence leah leila lena leo leon leonard lesley leslie lewis liam lily linda lindsay lisa liz lorraine louis louise
    lucas lucia lucy luis luisa luke lydia lynn maeve magda malik malcolm mandy manuel marcel marco marcus margaret maria
    marian marie marina mario marion marta martha martin mary mateo mathew matilda matt matteo matthew maureen maurice mehmet
    megan mei melanie melissa michael michelle miguel mike milan mohamed mohammad mohammed mohan moira monica morgan muhammad
    nadia nancy naomi natalia natalie natasha nathan neha neil niamh nicholas nicola nicole niall nigel nikhil nina noah nora
    norman olga oliver olivia omar oscar owen pablo paddy pamela paolo patricia patrick paul paula pauline pedro peggy
    penelope peter phil philip phoebe phyllis pierre piotr pippa priya rachel rafael raj rajesh ralph ramesh raul ravi
    raymond rebecca reza ricardo richard rita roberta robert roberto rodrigo roger roisin roland ronald rory rosemary ross
    roy russell ruth ryan sabrina sally sam samantha samira samuel sandra sanjay sara sarah sasha scott sean sergei shannon
    sharon shaun sheila shirley sian sibyl simon siobhan sofia sonia sophia sophie stacey stefan stella stephanie stephen
    steve steven stuart sue sunita susan suzanne sven sylvia tamara tanya tariq tatiana teresa terry theresa thomas tiffany
    tim timothy tina tom tomasz tommy toni tony tracey tracy trevor usman valerie vanessa veronica vicky victoria vijay
    vikram vincent vivian vladimir wayne wendy william xavier yasmin yasmine yuki yusuf yvonne zachary zainab zara zoe
    """.split(whereSeparator: \.isWhitespace).map(String.init))
}
