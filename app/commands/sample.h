#pragma once

#include <filesystem>

namespace app {

/// The folder of the samples: beside the installed program (../share/cormorant/samples), else in the sources that it
/// was built from. Throws Operational that names both where neither is there.
[[nodiscard]] std::filesystem::path samplesFolder();

/// Makes the sample shop's database from its script, whole or not at all; an existing file is replaced.
/// Throws Operational, Programming.
void makeSampleDatabase(const std::filesystem::path &file);

/// The user's own copy of the sample shop, made on first use.
[[nodiscard]] std::filesystem::path userSampleDatabase();

} // namespace app
