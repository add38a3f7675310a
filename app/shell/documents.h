#pragma once

#ifndef Q_MOC_RUN // moc cannot read the standard library's <compare>
#include "ui/async/job.h"
#include "ui/document/document.h"
#endif

#include <QList>
#include <QObject>
#include <QString>

#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

namespace app {

/// The models that are open as files: loads and saves them in workers. Thread: the UI's.
class Documents : public QObject {
    Q_OBJECT

public:
    explicit Documents(ui::JobRunner &jobs, QObject *parent = nullptr);
    ~Documents() override;
    void open(const std::filesystem::path &path);
    ui::Document *create(); ///< a new model with one empty diagram
    enum class Overwrite { OnlyWhatIsKnown, Anything };
    struct Saved {
        enum class Kind { Saved, NotOurs, Failed }; ///< NotOurs: somebody else wrote what is there; it is as it was
        Kind kind = Kind::Saved;
        QString message; ///< what failed
    };
    /// Any document, also one that a database owns.
    void save(ui::Document *document, const std::filesystem::path &path, Overwrite overwrite,
              std::function<void(const Saved &saved)> done);
    /// What the files hold now comes in the place of what was drawn; an error is shown by failed().
    void reload(ui::Document *document);
    void close(ui::Document *document); ///< without asking
    [[nodiscard]] QList<ui::Document *> all() const;
    [[nodiscard]] bool owns(const ui::Document *document) const;
    [[nodiscard]] static QString title(const ui::Document &document);

signals:
    void opened(ui::Document *document);
    void failed(const QString &path, const QString &message);

private:
    ui::JobRunner &m_jobs;
    std::vector<std::unique_ptr<ui::Document>> m_documents;
};

} // namespace app
