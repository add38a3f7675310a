#pragma once

#include "ormcore/model/file_calls.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>

/// Makes the n-th call of those that change something fail with an error of the system.
class FailingCalls final : public orm::model::FileCalls {
public:
    int failAt = 0; ///< 0: never; the first call is 1
    int error = EIO;
    bool shortWrites = false;
    bool lies = false; ///< write() reports success and drops the data
    bool noLinks = false;
    int calls = 0;
    int interrupts = 0;

    int open(const char *path, int flags, mode_t mode) override
    {
        return (flags & (O_WRONLY | O_CREAT)) != 0 && fails() ? -1 : system().open(path, flags, mode);
    }
    ssize_t write(int file, const void *data, std::size_t size) override
    {
        if (fails())
            return -1;
        if (lies)
            return static_cast<ssize_t>(size);
        if (interrupts > 0) {
            --interrupts;
            errno = EINTR;
            return -1;
        }
        return system().write(file, data, shortWrites ? std::min<std::size_t>(size, 7) : size);
    }
    ssize_t read(int file, void *data, std::size_t size) override { return system().read(file, data, size); }
    int fchmod(int file, mode_t mode) override { return system().fchmod(file, mode); }
    int fsync(int) override { return fails() ? -1 : 0; } // a test need not wait for the disk
    int close(int file) override
    {
        const bool failing = fails();
        const int saved = errno;
        const int result = system().close(file);
        errno = failing ? saved : errno;
        return failing ? -1 : result;
    }
    int rename(const char *from, const char *to) override { return fails() ? -1 : system().rename(from, to); }
    int link(const char *from, const char *to) override
    {
        if (noLinks) {
            errno = EPERM;
            return -1;
        }
        return system().link(from, to);
    }
    int unlink(const char *path) override { return system().unlink(path); }
    int mkdir(const char *path, mode_t mode) override { return fails() ? -1 : system().mkdir(path, mode); }
    int rmdir(const char *path) override { return system().rmdir(path); }
    int stat(const char *path, struct stat *status) override { return system().stat(path, status); }
    int list(const char *folder, std::vector<std::string> &names) override { return system().list(folder, names); }

private:
    static orm::model::FileCalls &system() { return orm::model::systemFileCalls(); }
    bool fails()
    {
        if (++calls != failAt)
            return false;
        errno = error;
        return true;
    }
};
