#pragma once

#include <sys/stat.h>
#include <sys/types.h>

#include <cstddef>
#include <string>
#include <vector>

namespace orm::model {

/// The system calls of the saver, so that a test can make each of them fail. As POSIX says: -1 and errno.
class FileCalls {
public:
    virtual ~FileCalls() = default;
    virtual int open(const char *path, int flags, mode_t mode) = 0;
    virtual ssize_t write(int file, const void *data, std::size_t size) = 0;
    virtual ssize_t read(int file, void *data, std::size_t size) = 0;
    virtual int fchmod(int file, mode_t mode) = 0;
    virtual int fsync(int file) = 0;
    virtual int close(int file) = 0;
    virtual int rename(const char *from, const char *to) = 0;
    virtual int link(const char *from, const char *to) = 0;
    virtual int unlink(const char *path) = 0;
    virtual int mkdir(const char *path, mode_t mode) = 0;
    virtual int rmdir(const char *path) = 0;
    virtual int stat(const char *path, struct stat *status) = 0;
    virtual int list(const char *folder, std::vector<std::string> &names) = 0; ///< without "." and ".."
};

/// The real ones. Stateless; any thread.
[[nodiscard]] FileCalls &systemFileCalls();

} // namespace orm::model
