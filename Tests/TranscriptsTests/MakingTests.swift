import Testing

@testable import Transcripts

@Suite struct MakingTests {
  @Test(arguments: [
    ("my name is anna and i am tired", "my name is [name] and i am tired"),
    ("My name's Anna Maria.", "My name's [name]."),
    ("i'm called tom", "i'm called [name]"),
    ("call me when you can", "call me when you can"),
    ("I told Anna's mum about it", "I told [name]'s mum about it"),
    ("My sister Joan, the nurse, said no", "My sister [name], the nurse, said no"),
    ("I'm tired. Nobody asks. I've had it", "I'm tired. Nobody asks. I've had it"),
    ("on Monday my Mum went to the GP", "on Monday my Mum went to the GP"),
    ("I AM SO TIRED OF THIS", "I AM SO TIRED OF THIS"),
    ("i'm 42, since 12/03/2019", "i'm [number], since [number]"),
    ("ring me on 020 7946 0000 please", "ring me on [number] please"),
    ("write to anna.b+x@example.org!", "write to [e-mail]!"),
    ("i live at 12 Rose Garden Street, near the park", "i live at [address], near the park"),
    ("see https://example.org/x?y=1", "see [link]"),
    ("my sister sarah rang, sarah's like that", "my sister [name] rang, [name]'s like that"),
    ("i will mark it with grace", "i will mark it with grace"),
    ("  two  spaces  ", "  two  spaces  "), ("", ""), ("a\nb", "a\nb"),
  ])
  func personalDataIsLeftOut(_ text: String, _ expected: String) {
    var redaction = Redaction()
    #expect(redaction.redact(text) == expected)
  }

  @Test func aNameOnceMetIsLeftOutEverAfter() {
    var redaction = Redaction()
    #expect(redaction.redact("i talked to Joan yesterday") == "i talked to [name] yesterday")
    #expect(redaction.redact("Joan said no, joan always does") == "[name] said no, [name] always does")
  }

  // MARK: Import

  @Test func aListIsAConversation() {
    #expect(ImportedConversation.list("\u{feff}one\r\n\n  two \n").lines == ["one", "two"])
  }

  @Test func annoMIsClientsAreThePersons() throws {
    let table = try CSV(
      """
      transcript_id,topic,utterance_id,interlocutor,utterance_text
      0,drinking,0,therapist,"So, how are you?"
      0,drinking,1,client,"I said ""fine"", did I not?"
      1,smoking,0,client,"two
      lines"
      0,drinking,2,client,Yes.

      """)
    let found = try ImportedConversation.conversations(of: table, .init())
    #expect(
      found == [
        ImportedConversation(name: "0", title: "drinking", lines: ["I said \"fine\", did I not?", "Yes."]),
        ImportedConversation(name: "1", title: "smoking", lines: ["two\nlines"]),
      ])
  }

  @Test func anUtteranceThatSeveralMarkedUpIsSaidOnce() throws {
    let table = try CSV(
      """
      transcript_id,utterance_id,interlocutor,utterance_text,annotator_id
      0,1,client,Yes.,1
      0,1,client,Yes.,2
      1,1,client,Yes.,1
      0,2,client,Yes.,1

      """)
    let found = try ImportedConversation.conversations(of: table, .init())
    #expect(found.map(\.lines) == [["Yes.", "Yes."], ["Yes."]])
  }

  @Test func columnsCanBeNamed() throws {
    let table = try CSV("when;who;what\n1;Ann;hello\n2;Bo;hi\n3;Ann;bye\n", separator: ";")
    var columns = ImportedConversation.Columns()
    columns.text = "what"
    columns.speaker = "WHO"
    columns.persons = ["ann"]
    let found = try ImportedConversation.conversations(of: table, columns)
    #expect(found == [ImportedConversation(lines: ["hello", "bye"])])
  }

  @Test(arguments: [
    ("", 1, "the table is empty"), ("a,b\n1,2\n1,2,3\n", 3, "this row has 3 cells, the first one 2"),
    ("a,b\n1,\"2\n3\n", 2, "the quotation mark that opens a cell here is never closed"),
    ("a,b\n1,2\n", 1, "no column is known to hold what was said"),
    ("text,speaker\nhello,Zed\n", 1, "nobody in it is known to be the person"),
  ])
  func tablesThatAreNoneAreRefused(_ text: String, _ line: Int, _ message: String) {
    #expect(
      performing: { _ = try ImportedConversation.conversations(of: CSV(text), .init()) },
      throws: { error in
        let error = error as? TranscriptError
        return error?.line == line && error?.message == message
      })
  }

  @Test func anImportedConversationReplays() throws {
    let bot = try #require(Small.bot())
    let imported = ImportedConversation(title: "Help", lines: ["I never ask for help", "two\nlines"])
    for detail in TranscriptText.Detail.allCases {
      let text = imported.transcript(with: bot, seed: 4, country: nil, detail: detail, redacting: false)
      let transcript = try TranscriptParser.parse(text)
      #expect(transcript.turns.compactMap(\.you) == imported.lines)
      #expect(Replay.run(transcript, with: bot).differences == [])
    }
  }
}
