#include "app/command_line.h"

#include <iostream>

int main(int argc, char **argv) { return app::runCommandLine(argc, argv, app::Console{std::cout, std::cerr}); }
