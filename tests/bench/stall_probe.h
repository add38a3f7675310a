#pragma once

#include <QApplication>
#include <QElapsedTimer>
#include <QEvent>
#include <QMetaEnum>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <string>
#include <vector>

/// Measures how long each event keeps the UI thread: nothing else of the window happens meanwhile. Only events that the
/// event loop delivers count, not those sent while another is handled. Units: milliseconds. Wall time tells what the
/// user waits on a quiet machine; processor time of the thread is what other programs cannot touch, but misses waits.
class StallProbe : public QApplication {
public:
    using QApplication::QApplication;

    bool notify(QObject *receiver, QEvent *event) override
    {
        if (m_depth > 0)
            return QApplication::notify(receiver, event);
        const std::string what = describe(*receiver, *event); // the receiver may not outlive it
        QElapsedTimer timer;
        timer.start();
        const double processor = processorTime();
        ++m_depth;
        const bool taken = QApplication::notify(receiver, event);
        --m_depth;
        record(static_cast<double>(timer.nsecsElapsed()) / 1e6, processorTime() - processor, what);
        return taken;
    }

    /// One JSON line of what was measured since the last one.
    void report(const char *step)
    {
        std::sort(m_wall.begin(), m_wall.end());
        std::sort(m_processor.begin(), m_processor.end());
        const auto over = m_processor.end() - std::upper_bound(m_processor.begin(), m_processor.end(), kBudget);
        std::printf("{\"step\": \"%s\", \"events\": %zu, \"wall_p99\": %.1f, \"wall_max\": %.1f, \"cpu_p99\": %.1f, "
                    "\"cpu_max\": %.1f, \"cpu_over_16\": %td, \"worst\": \"%s\"}\n",
                    step, m_wall.size(), p99(m_wall), m_wall.empty() ? 0 : m_wall.back(), p99(m_processor), m_worst,
                    over, m_worstWhat.c_str());
        std::fflush(stdout);
        m_wall.clear();
        m_processor.clear();
        m_worst = 0;
        m_worstWhat.clear();
    }

private:
    static constexpr double kBudget = 16;

    static double processorTime()
    {
        timespec now{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
    }
    static double p99(const std::vector<double> &sorted)
    {
        return sorted.empty() ? 0 : sorted[std::min(sorted.size() - 1, sorted.size() * 99 / 100)];
    }
    static std::string describe(const QObject &receiver, const QEvent &event)
    {
        const char *type = QMetaEnum::fromType<QEvent::Type>().valueToKey(event.type());
        return std::string(type != nullptr ? type : "event") + " to " + receiver.metaObject()->className();
    }
    void record(double wall, double processor, const std::string &what)
    {
        m_wall.push_back(wall);
        m_processor.push_back(processor);
        if (processor > m_worst) {
            m_worst = processor;
            m_worstWhat = what;
        }
    }

    int m_depth = 0;
    std::vector<double> m_wall;
    std::vector<double> m_processor;
    double m_worst = 0;
    std::string m_worstWhat;
};
