#pragma once

#include <QWidget>

namespace ui::records {

class RecordGrid;

/// The narrow strip left of a grid: row numbers ("≈" while they are a guess) and the state of staged rows as a symbol.
class RowHeader : public QWidget {
    Q_OBJECT

public:
    explicit RowHeader(RecordGrid &grid);
    [[nodiscard]] int wantedWidth() const;

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    void paintRow(QPainter &painter, std::int64_t place, int y, int height) const;
    RecordGrid &m_grid;
};

} // namespace ui::records
