#pragma once

#include "ui/records/editors/record_delegate.h"

#include <QListWidget>

namespace ui::records {

/// What one line of a picker stands for.
struct ParentLine {
    CellValue value;
    QString key;
    QString label;
    bool quiet = false; ///< NULL: muted italic, as in the grid
    std::vector<orm::Value> rest;
};

/// The parents that a picker offers, in lines that look like the grid's: key, then label.
class ParentList final : public QListWidget {
    Q_OBJECT

public:
    explicit ParentList(QWidget *parent = nullptr);
    void setLines(std::vector<ParentLine> lines);
    [[nodiscard]] const ParentLine *current() const; ///< null: none
    void moveBy(int lines);
    [[nodiscard]] int linesInSight() const;
    [[nodiscard]] int wantedWidth() const;
    [[nodiscard]] int lineHeight() const;

private:
    std::vector<ParentLine> m_lines;
};

} // namespace ui::records
