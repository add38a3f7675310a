#pragma once

#include <QFrame>
#include <QIcon>
#include <QString>

#include <functional>
#include <vector>

class QLineEdit;
class QListWidget;
class QListWidgetItem;

namespace app {

/// Something that the palette offers.
struct PaletteEntry {
    QString text;
    QString detail; ///< keys of a command, or where a thing stands
    QIcon icon;
    std::function<void()> run;
    bool enabled = true;
};

/// A search field over the window with a list below it: words in any order narrow the list, Return runs the first.
class Palette : public QFrame {
    Q_OBJECT

public:
    explicit Palette(QWidget *window);
    void popUp(std::vector<PaletteEntry> entries, const QString &placeholder);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void filter(const QString &text);
    void run(const QListWidgetItem *item);

    static constexpr int kMostShown = 200;
    QLineEdit *m_search;
    QListWidget *m_list;
    std::vector<PaletteEntry> m_entries;
};

/// How well words (all must be found) match the text: lower is better, -1 is not at all. Case and order do not count.
[[nodiscard]] int matchScore(const QString &text, const QString &words);

} // namespace app
