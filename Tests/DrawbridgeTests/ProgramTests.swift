import Testing

/// Tests of the whole program. One at a time: they share the machine's terminals and pipes.
@Suite(.serialized) enum ProgramTests {}
