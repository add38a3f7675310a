#pragma once

#include "ui/async/reader.h"

#include "ormcore/schema/metadata.h"

#include <QObject>
#include <QString>

#include <memory>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace ui::records {

/// A foreign key, as one cell shows it: the parent and the column that names its rows for people.
struct ParentLink {
    struct Part {
        const orm::Column *child = nullptr;
        const orm::Column *key = nullptr;
    };
    const orm::Column *child = nullptr;
    const orm::Column *key = nullptr;   ///< of the parent: what child holds
    const orm::Column *label = nullptr; ///< null: the parent has nothing better than its key
    std::vector<Part> rest;             ///< the other columns of a composite key
    [[nodiscard]] const orm::Table &parent() const { return *key->table; }
};
/// Values of a link's columns in one row: child's first, then the rest's. NULL where there is none, or none yet.
using ParentKey = std::vector<orm::Value>;
[[nodiscard]] bool isWhole(const ParentKey &key); ///< it names a parent
struct ParentKeyHash {
    std::size_t operator()(const ParentKey &key) const noexcept;
};
/// The link that this column's cells show, if its parent is known: of a foreign key of its own; else of a composite one
/// whose last column without a key of its own this is.
[[nodiscard]] std::optional<ParentLink> parentLink(const orm::Column &column, const orm::MetaData &metadata);
/// The column that best names a row for people: name, title, label, description, …, else the first text; may be null.
[[nodiscard]] const orm::Column *labelColumn(const orm::Table &table);

/// Labels of the parents of the rows in sight: one query a foreign key, in the reader's thread.
///
/// Thread: the UI's. Errors: a label that cannot be read is not shown; the value is.
class ParentLabels : public QObject {
    Q_OBJECT

public:
    explicit ParentLabels(ReaderThread &reader, QObject *parent = nullptr) : QObject(parent), m_reader(reader) {}
    void setLinks(std::vector<ParentLink> links);
    [[nodiscard]] const std::vector<ParentLink> &links() const noexcept { return m_links; }
    [[nodiscard]] const ParentLink *link(const orm::Column &child) const;
    /// The label of this column's parent; null if it is not known (yet).
    [[nodiscard]] const QString *label(const orm::Column &child, const ParentKey &key) const;
    void need(const orm::Column &child, const ParentKey &key); ///< to be asked with the next request()
    void request();
    void clear(); ///< after a refresh: parents may have other names now
    void remember(const orm::Column &child, const ParentKey &key, const QString &label);

signals:
    void arrived();

private:
    struct Known {
        std::unordered_map<ParentKey, QString, ParentKeyHash> labels;
        std::unordered_set<ParentKey, ParentKeyHash> asked;
        std::vector<ParentKey> wanted;
    };
    [[nodiscard]] std::optional<std::size_t> indexOf(const orm::Column &child) const;

    ReaderThread &m_reader;
    std::vector<ParentLink> m_links;
    std::vector<Known> m_known;
    std::uint64_t m_generation = 0;
};

/// One row that a picker offers.
struct ParentChoice {
    ParentKey key;
    QString label;
};
/// The parents whose label or key contain what was typed, at most limit, those that start with it first. within: what
/// the row holds now; of a composite key only parents that agree with the rest of it are found.
[[nodiscard]] std::vector<ParentChoice> findParents(orm::Connection &connection, const ParentLink &link,
                                                    const ParentKey &within, const std::string &typed,
                                                    std::int64_t limit);

} // namespace ui::records
