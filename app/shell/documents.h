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
    /// Any document, also one that a database owns. done gets an empty text, or what went wrong.
    void save(ui::Document *document, const std::filesystem::path &path, std::function<void(QString error)> done);
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
