#include "ormcore/model/file_calls.h"

#include <cerrno>
#include <cstdio>
#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

namespace orm::model {

namespace {

class SystemFileCalls final : public FileCalls {
public:
    int open(const char *path, int flags, mode_t mode) override { return ::open(path, flags, mode); }
    ssize_t write(int file, const void *data, std::size_t size) override { return ::write(file, data, size); }
    ssize_t read(int file, void *data, std::size_t size) override { return ::read(file, data, size); }
    int fchmod(int file, mode_t mode) override { return ::fchmod(file, mode); }
    int fsync(int file) override { return ::fsync(file); }
    int close(int file) override { return ::close(file); }
    int rename(const char *from, const char *to) override { return std::rename(from, to); }
    int link(const char *from, const char *to) override { return ::link(from, to); }
    int unlink(const char *path) override { return ::unlink(path); }
    int mkdir(const char *path, mode_t mode) override { return ::mkdir(path, mode); }
    int rmdir(const char *path) override { return ::rmdir(path); }
    int stat(const char *path, struct stat *status) override { return ::stat(path, status); }
    int list(const char *folder, std::vector<std::string> &names) override
    {
        DIR *stream = ::opendir(folder);
        if (stream == nullptr)
            return -1;
        errno = 0;
        while (const dirent *entry = ::readdir(stream))
            if (const std::string name = entry->d_name; name != "." && name != "..")
                names.push_back(name);
        const int error = errno;
        ::closedir(stream);
        errno = error;
        return error == 0 ? 0 : -1;
    }
};

} // namespace

FileCalls &systemFileCalls()
{
    static SystemFileCalls calls;
    return calls;
}

} // namespace orm::model
