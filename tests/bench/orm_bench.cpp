// Times ormcore on the cases that are used to compare mappers with the database's C interface and with each other:
//
//     orm_bench --db FILE --case CASE --rows N [--records]
//
// One JSON line with seconds, CPU seconds, peak memory and a check sum; exit status 3: no such case. --records does the
// same with run-time records instead of classes. Tables: customer, orders, order_line.

#include "tests/bench/orm_bench.h"

#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

namespace {

double cpuSeconds()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval &time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// VmHWM: ru_maxrss starts from the size of the process that forked this one.
long peakKilobytes()
{
    long kilobytes = 0;
    if (FILE *status = std::fopen("/proc/self/status", "r")) {
        char line[256];
        while (std::fgets(line, sizeof line, status))
            if (std::sscanf(line, "VmHWM: %ld", &kilobytes) == 1)
                break;
        std::fclose(status);
    }
    return kilobytes;
}

int run(const std::string &database, const std::string &name, long rows, bool asRecords)
{
    const Cases &cases = coreCases().count(name) != 0 ? coreCases() : asRecords ? recordCases() : classCases();
    const auto wanted = cases.find(name);
    if (wanted == cases.end())
        return 3;
    const auto engine = orm::createEngine("sqlite:///" + database);
    const orm::Registry registry = asRecords ? records(*engine) : classes();
    registry.configure();
    (void)engine->connect().execute("select count(*) from sqlite_master").scalar();
    const auto start = std::chrono::steady_clock::now();
    const double startCpu = cpuSeconds();
    const long long check = wanted->second({*engine, registry, rows});
    const double cpu = cpuSeconds() - startCpu;
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
    std::printf("{\"peer\":\"ormcore%s\",\"case\":\"%s\",\"rows\":%ld,\"seconds\":%.6f,\"cpu_seconds\":%.6f,"
                "\"peak_rss_kb\":%ld,\"check\":%lld}\n",
                asRecords ? "_records" : "", name.c_str(), rows, wall.count(), cpu, peakKilobytes(), check);
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    std::string database;
    std::string name;
    long rows = 0;
    bool asRecords = false;
    for (int i = 1; i < argc; ++i) {
        if (std::strcmp(argv[i], "--records") == 0)
            asRecords = true;
        else if (i + 1 == argc)
            break;
        else if (std::strcmp(argv[i], "--db") == 0)
            database = argv[++i];
        else if (std::strcmp(argv[i], "--case") == 0)
            name = argv[++i];
        else if (std::strcmp(argv[i], "--rows") == 0)
            rows = std::atol(argv[++i]);
    }
    if (database.empty() || name.empty()) {
        std::fputs("usage: orm_bench --db FILE --case CASE --rows N [--records]\n", stderr);
        return 1;
    }
    try {
        return run(database, name, rows, asRecords);
    } catch (const orm::Error &error) {
        std::fprintf(stderr, "error: %s\n%s\n", error.what(), error.context().sql.c_str());
        return 1;
    }
}
