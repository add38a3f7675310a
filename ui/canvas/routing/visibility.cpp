#include "ui/canvas/routing/visibility.h"

#include <algorithm>
#include <cmath>

namespace ui::routing {

namespace {

constexpr double skin = 1.0; // a line this near to a box counts as touching it

/// Boxes seen along one axis, so that horizontal and vertical tracks are made by the same code.
struct Flat {
    double low, high;   // along the track
    double near_, far_; // across it
};

Flat flatten(const Box &box, bool vertical)
{
    return vertical ? Flat{box.y, box.bottom(), box.x, box.right()} : Flat{box.x, box.right(), box.y, box.bottom()};
}

class Builder {
public:
    Builder(const std::vector<Box> &boxes, const Options &options) : m_boxes(boxes), m_options(options)
    {
        m_low[0] = m_low[1] = 1e18;
        m_high[0] = m_high[1] = -1e18;
        for (const Box &box : boxes) {
            m_low[0] = std::min(m_low[0], box.x - m_outside);
            m_high[0] = std::max(m_high[0], box.right() + m_outside);
            m_low[1] = std::min(m_low[1], box.y - m_outside);
            m_high[1] = std::max(m_high[1], box.bottom() + m_outside);
        }
    }

    std::vector<Track> tracks(bool vertical, const std::vector<Link> &links)
    {
        m_tracks.clear();
        flattenAll(vertical);
        for (std::size_t box = 0; box < m_boxes.size(); ++box) {
            beside(vertical, static_cast<int>(box));
            const Flat &flat = m_flat[box];
            ray(vertical, static_cast<int>(box), std::round((flat.near_ + flat.far_) / 2));
        }
        if (!vertical) {
            for (const Link &link : links) {
                for (const End *end : {&link.source, &link.target}) {
                    const Box &box = m_boxes[static_cast<std::size_t>(end->box)];
                    ray(vertical, end->box, box.y + end->wanted);
                }
            }
        }
        unite();
        return std::move(m_tracks);
    }

private:
    void flattenAll(bool vertical)
    {
        m_flat.clear();
        for (const Box &box : m_boxes)
            m_flat.push_back(flatten(box, vertical));
    }

    /// The free room beside a box's side.
    double room(int box, bool farSide) const
    {
        const Flat &own = m_flat[static_cast<std::size_t>(box)];
        double gap = 400;
        for (std::size_t other = 0; other < m_flat.size(); ++other) {
            const Flat &flat = m_flat[other];
            if (static_cast<int>(other) == box || flat.high <= own.low || flat.low >= own.high)
                continue;
            const double distance = farSide ? flat.near_ - own.far_ : own.near_ - flat.far_;
            if (distance > 0)
                gap = std::min(gap, distance);
        }
        return gap;
    }

    void beside(bool vertical, int box)
    {
        const Flat &own = m_flat[static_cast<std::size_t>(box)];
        const double before = room(box, false);
        const double after = room(box, true);
        m_width = before > 2 * m_options.clearance ? before / 2 : before; // the box over there has a track too
        add(vertical, own.near_ - std::min(m_options.clearance, before / 2), own.low, own.high);
        m_width = after > 2 * m_options.clearance ? after / 2 : after;
        add(vertical, own.far_ + std::min(m_options.clearance, after / 2), own.low, own.high);
    }

    void ray(bool vertical, int box, double at)
    {
        const Flat &own = m_flat[static_cast<std::size_t>(box)];
        m_width = 30;
        add(vertical, at, own.low, own.low, box);
        add(vertical, at, own.high, own.high, -1, box);
    }

    /// The maximal free track at `at` that holds [low, high]; own boxes at its ends where it is a ray.
    void add(bool vertical, double at, double low, double high, int ownHigh = -1, int ownLow = -1)
    {
        Track track{at, m_low[vertical ? 1 : 0], m_high[vertical ? 1 : 0], -1, -1, m_width, -1, -1};
        if (ownHigh >= 0) {
            track.high = high;
            track.blockedHigh = ownHigh;
        }
        if (ownLow >= 0) {
            track.low = low;
            track.blockedLow = ownLow;
        }
        for (std::size_t box = 0; box < m_flat.size(); ++box) {
            const Flat &flat = m_flat[box];
            const int index = static_cast<int>(box);
            if (at <= flat.near_ - skin || at >= flat.far_ + skin || index == ownHigh || index == ownLow)
                continue;
            if (flat.high <= low && flat.high > track.low) {
                track.low = flat.high;
                track.blockedLow = index;
            } else if (flat.low >= high && flat.low < track.high) {
                track.high = flat.low;
                track.blockedHigh = index;
            } else if (flat.low < high && flat.high > low) {
                return; // starts inside another box: boxes overlap here
            }
        }
        if (track.high - track.low >= skin)
            m_tracks.push_back(track);
    }

    void unite()
    {
        std::sort(m_tracks.begin(), m_tracks.end(), [](const Track &a, const Track &b) {
            return a.at != b.at       ? a.at < b.at
                   : a.low != b.low   ? a.low < b.low
                   : a.high != b.high ? a.high < b.high
                                      : a.width > b.width;
        });
        const auto same = [](const Track &a, const Track &b) {
            return a.at == b.at && a.low == b.low && a.high == b.high;
        };
        m_tracks.erase(std::unique(m_tracks.begin(), m_tracks.end(), same), m_tracks.end());
    }

    const std::vector<Box> &m_boxes;
    const Options &m_options;
    std::vector<Flat> m_flat;
    std::vector<Track> m_tracks;
    double m_width = 30;
    const double m_outside = 400;
    double m_low[2];
    double m_high[2];
};

void crossTracks(Visibility &graph)
{
    for (std::size_t h = 0; h < graph.horizontal.size(); ++h) {
        Track &row = graph.horizontal[h];
        const auto begin = std::lower_bound(graph.vertical.begin(), graph.vertical.end(), row.low,
                                            [](const Track &track, double x) { return track.at < x; });
        for (auto it = begin; it != graph.vertical.end() && it->at <= row.high; ++it) {
            if (row.at < it->low || row.at > it->high)
                continue;
            const int id = static_cast<int>(graph.vertices.size());
            Vertex vertex;
            vertex.x = it->at;
            vertex.y = row.at;
            vertex.horizontal = static_cast<int>(h);
            vertex.vertical = static_cast<int>(it - graph.vertical.begin());
            vertex.next[West] = row.last; // tracks come sorted, so chains grow at their ends
            vertex.next[North] = it->last;
            if (row.last >= 0)
                graph.vertices[static_cast<std::size_t>(row.last)].next[East] = id;
            else
                row.first = id;
            if (it->last >= 0)
                graph.vertices[static_cast<std::size_t>(it->last)].next[South] = id;
            else
                it->first = id;
            row.last = id;
            it->last = id;
            graph.vertices.push_back(vertex);
        }
    }
}

void collectPorts(Visibility &graph, bool vertical)
{
    const std::vector<Track> &tracks = vertical ? graph.vertical : graph.horizontal;
    for (std::size_t i = 0; i < tracks.size(); ++i) {
        const Track &track = tracks[i];
        const int index = static_cast<int>(i);
        if (track.blockedLow >= 0) {
            Port port{index, vertical, vertical ? Bottom : Right, track.first, track.low, track.at};
            if (vertical)
                std::swap(port.x, port.y);
            graph.ports[static_cast<std::size_t>(track.blockedLow)].push_back(port);
        }
        if (track.blockedHigh >= 0) {
            Port port{index, vertical, vertical ? Top : Left, track.last, track.high, track.at};
            if (vertical)
                std::swap(port.x, port.y);
            graph.ports[static_cast<std::size_t>(track.blockedHigh)].push_back(port);
        }
    }
}

} // namespace

Visibility buildVisibility(const std::vector<Box> &boxes, const std::vector<Link> &links, const Options &options)
{
    Visibility graph;
    Builder builder(boxes, options);
    graph.horizontal = builder.tracks(false, links);
    graph.vertical = builder.tracks(true, links);
    crossTracks(graph);
    graph.ports.resize(boxes.size());
    collectPorts(graph, false);
    collectPorts(graph, true);
    return graph;
}

} // namespace ui::routing
