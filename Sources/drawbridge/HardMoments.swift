import Dialogue
import Terminal

/// What is there for hard moments: crisis lines and the plan.
extension Session {
  /// The codes and names that `/lines` takes.
  var countries: [String] {
    conversation.bot.lines.filter { $0.country != "*" }.flatMap { [$0.country, $0.name] }
  }

  /// The lines of the person's country, or those for everywhere.
  private var localLines: CrisisLines? {
    lines(named: conversation.localCountry ?? "*") ?? lines(named: "*")
  }

  private func lines(named name: String) -> CrisisLines? { conversation.bot.lines(named: name) }

  /// Crisis lines; a country that is named is kept for the rest of the conversation.
  mutating func lines(_ argument: String) -> Reply {
    guard !argument.isEmpty else { return localReply }
    if let country = lines(named: argument), country.country != "*" {
      conversation.country = country.country
      return Reply(text: Session.text(country), isList: true)
    }
    // Another country's numbers are never given for it: they lead nowhere. A code is too short to guess from.
    let near = argument.count > 2 ? Nearest.words(to: argument, among: countries) : []
    let hint = near.isEmpty ? "" : " Did you mean \(near.joined(separator: " or "))?"
    let anywhere = lines(named: "*").map { " Anywhere there is this:\n\n" + Session.text($0) } ?? ""
    return Reply(text: "I know no lines for \(argument.prefix(40)).\(hint)\(anywhere)", isList: true)
  }

  private var localReply: Reply {
    guard let lines = localLines else { return Reply(text: "No lines are known.", isHint: true) }
    let more = "\n\nFor those of a country, name it: /lines GB, or /lines New Zealand. Tab shows all that I know."
    return Reply(text: Session.text(lines) + (lines.country == "*" ? more : ""), isList: true)
  }

  private static func text(_ country: CrisisLines) -> String {
    var text = country.name
    if !country.emergency.isEmpty { text += "\n\nIn danger now: \(country.emergency)" }
    for service in country.services {
      text += "\n\n\(service.name)\n  \(service.reach)\n  \(service.hours)"
    }
    return text
  }

  /// Shows or changes the plan.
  mutating func change(plan argument: String) -> Reply {
    let word = String(argument.prefix { !$0.isWhitespace }).lowercased()
    let rest = String(argument.dropFirst(word.count)).trimmed
    if let line = Plan.Line(rawValue: word) {
      guard !rest.isEmpty else {
        return Reply(text: "Write it after the word, such as: /plan \(word) a walk to the river", isHint: true)
      }
      guard plan.add(line, rest) else {
        return Reply(text: "There is room for \(Plan.most) lines; /plan drop NUMBER takes one away.", isHint: true)
      }
      return shownPlan
    }
    switch word {
    case "": return shownPlan
    case "drop":
      guard let number = Int(rest), plan.drop(number) else {
        return Reply(text: "Name the number of a line, such as: /plan drop 1", isHint: true)
      }
      return shownPlan
    case "clear":
      plan.clear()
      return Reply(text: "The plan is taken away.", isHint: true)
    case "save": return Reply(text: savePlan(rest), isHint: true)
    default: return Reply(text: "That is not something /plan can do.\n" + Plan.help, isHint: true, isList: true)
    }
  }

  private var shownPlan: Reply { Reply(text: plan.text(services: localLines), isList: true) }

  private func savePlan(_ name: String) -> String {
    guard !plan.isEmpty else { return "There is nothing in the plan yet; /help plan says how to write it." }
    do {
      let path = try PrivateFile.create(name.isEmpty ? "my-plan.txt" : name, plan.text(services: localLines) + "\n")
      return "Saved to \(path), readable by you only."
    } catch {
      return "Not saved: \(error)"
    }
  }
}
