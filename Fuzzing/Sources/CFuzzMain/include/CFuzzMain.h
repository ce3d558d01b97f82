// The package manager calls the main function of an executable by the name of its target. This one hands over to
// the fuzzer, whose own main function is then left out.
int fuzz_main(int count, char **arguments);
