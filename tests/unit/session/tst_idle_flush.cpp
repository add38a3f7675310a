#include "tests/unit/session/shop.h"

#include <sys/mman.h>

#include <set>

using orm::Ref;

namespace {

/// Takes the memory of objects away while it lives: whoever touches one of them ends the program.
class Unreadable {
public:
    template <class T> explicit Unreadable(const std::vector<Ref<T>> &objects)
    {
        for (const Ref<T> &object : objects)
            m_slabs.insert(reinterpret_cast<std::uintptr_t>(object.state()) & ~(orm::Region::slabSize - 1));
        protect(PROT_NONE);
    }
    ~Unreadable() { protect(PROT_READ | PROT_WRITE); }
    Unreadable(const Unreadable &) = delete;
    Unreadable &operator=(const Unreadable &) = delete;

private:
    void protect(int access) const
    {
        for (const std::uintptr_t slab : m_slabs)
            if (mprotect(reinterpret_cast<void *>(slab), orm::Region::slabSize, access) != 0)
                qFatal("mprotect failed");
    }
    std::set<std::uintptr_t> m_slabs;
};

/// A shop with many users that are loaded.
struct Loaded : Shop {
    Loaded()
    {
        for (int i = 0; i < 20000; ++i)
            session->add(User{.name = "u"});
        session->commit();
        users = session->all(orm::select<User>());
        product = session->add(Product{.code = "x", .title = "Cup"});
        session->flush();
        forget();
    }
    std::vector<Ref<User>> users;
    Ref<Product> product;
};

} // namespace

/// A flush looks at what was edited, and at nothing else that is loaded.
class IdleFlush : public QObject {
    Q_OBJECT

private slots:
    void withoutChangesNoObjectIsTouched();
    void oneChangeTouchesNoOtherObject();
    void aQueryThatFlushesTouchesWhatItReads();
    void aSavepointTouchesNoOtherObject();
};

void IdleFlush::withoutChangesNoObjectIsTouched()
{
    Loaded loaded;
    const Unreadable users(loaded.users);
    loaded.session->flush();
    VERIFY_SENT(loaded.recorder.nothing());
}

void IdleFlush::oneChangeTouchesNoOtherObject()
{
    Loaded loaded;
    const Unreadable users(loaded.users);
    loaded.product.set<&Product::title>("Mug");
    loaded.session->flush();
    VERIFY_SENT(loaded.recorder.exactly({"UPDATE products"}));
}

void IdleFlush::aQueryThatFlushesTouchesWhatItReads()
{
    Loaded loaded;
    const Unreadable users(loaded.users);
    loaded.product.set<&Product::title>("Mug");
    QCOMPARE(loaded.session->all(orm::select<Product>()).size(), std::size_t{1});
    VERIFY_SENT(loaded.recorder.exactly({"UPDATE products", "SELECT products"}));
}

void IdleFlush::aSavepointTouchesNoOtherObject()
{
    Loaded loaded;
    const Unreadable users(loaded.users);
    orm::NestedTransaction nested = loaded.session->beginNested();
    loaded.product.set<&Product::title>("Mug");
    loaded.session->flush();
    nested.rollback();
    QCOMPARE(loaded.product->title, std::string("Cup"));
}

QTEST_APPLESS_MAIN(IdleFlush)
#include "tst_idle_flush.moc"
