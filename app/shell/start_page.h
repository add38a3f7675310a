#pragma once

#include <QLineEdit>
#include <QWidget>

class QLabel;
class QListWidget;

namespace app {

/// What a new user sees: open, connect, the sample shop, and what was open lately.
class StartPage : public QWidget {
    Q_OBJECT

public:
    explicit StartPage(QWidget *parent = nullptr);
    void setRecent(const QStringList &targets);
    void focusUrl();

signals:
    void openRequested(); ///< choose a file
    void newModelRequested();
    void sampleRequested();
    void targetRequested(const QString &target); ///< a URL typed or something recent
    void forgetRequested(const QString &target);

private:
    QWidget *makeActions();
    QWidget *makeConnect();
    QWidget *makeRecent();

    QLineEdit *m_url = nullptr;
    QListWidget *m_recent = nullptr;
    QLabel *m_noRecent = nullptr;
};

} // namespace app
