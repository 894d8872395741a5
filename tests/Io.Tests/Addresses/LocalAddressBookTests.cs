using System.Net;
using RtpProxy.Io.Net.Addresses;
using RtpProxy.Relay.Ports;

namespace RtpProxy.Io.Tests.Addresses;

public sealed class LocalAddressBookTests
{
    private static readonly LocalAddress First = new(IPAddress.Parse("10.0.0.1"));
    private static readonly LocalAddress Labelled = new(IPAddress.Parse("10.0.0.1"), "198.51.100.1", "wan");
    private static readonly LocalAddress Six = new(IPAddress.Parse("2001:db8::1"), Label: "six");

    [Fact]
    public void The_newest_entry_of_an_address_wins_and_labels_are_exact()
    {
        LocalAddressBook book = Make(First, Labelled, Six);

        book.Default.ShouldBe(First);
        book.Find(IPAddress.Parse("10.0.0.1")).ShouldBe(Labelled);
        book.FindLabel("wan").ShouldBe(Labelled);
        book.FindLabel("WAN").ShouldBeNull();
        book.FindLabel("").ShouldBeNull();
    }

    [Fact]
    public void An_address_named_at_run_time_becomes_the_newest_of_its_family_once_it_was_bound()
    {
        LocalAddressBook book = Make(First, Labelled, Six);
        book.FindNewest(ipv6: false).ShouldBe(Labelled);
        book.FindNewest(ipv6: true).ShouldBe(Six);

        LocalAddress named = book.Find(IPAddress.Parse("10.9.9.9"));

        named.ShouldBe(new LocalAddress(IPAddress.Parse("10.9.9.9")));
        book.FindNewest(ipv6: false).ShouldBe(Labelled);
        book.Remember(named);
        book.Find(IPAddress.Parse("10.9.9.9")).ShouldBeSameAs(named);
        book.FindNewest(ipv6: false).ShouldBeSameAs(named);
        book.Default.ShouldBe(First);
        book.Remember(new LocalAddress(Labelled.Address));
        book.Find(Labelled.Address).ShouldBeSameAs(Labelled, "it is an entry already");
        book.FindNewest(ipv6: false).ShouldBeSameAs(named);
    }

    [Fact]
    public void A_family_without_entries_has_no_newest() => Make(First).FindNewest(ipv6: true).ShouldBeNull();

    [Fact]
    public void Naming_addresses_without_end_is_bounded_and_still_answered()
    {
        LocalAddressBook book = Make(First);
        for (uint i = 1; i < 1000; i++)
        {
            book.Find(new IPAddress(i)).Address.ShouldBe(new IPAddress(i));
            book.Remember(new LocalAddress(new IPAddress(i)));
        }

        book.FindNewest(ipv6: false)!.Address.ShouldBe(new IPAddress(LocalAddressBook.MaxRunTimeEntries));
    }

    [Fact]
    public void The_routing_table_names_the_address_toward_a_party()
    {
        LocalAddressBook book = Make(First);

        book.FindRouteTo(IPAddress.Loopback)!.Address.ShouldBe(IPAddress.Loopback);
        book.FindRouteTo(IPAddress.Parse("127.0.0.9"))!.Address.ShouldBe(IPAddress.Parse("127.0.0.1"));
        book.FindRouteTo(IPAddress.IPv6Loopback)!.Address.ShouldBe(IPAddress.IPv6Loopback);
    }

    [Fact]
    public void A_bridge_has_an_internal_and_an_external_address()
    {
        var book = new LocalAddressBook(new BindAddresses { Entries = [First, Six], Internal = First, External = Six });

        book.IsBridging.ShouldBeTrue();
        (book.Default, book.Internal, book.External).ShouldBe((First, First, Six));
        Make(Six).External.ShouldBe(Six);
    }

    private static LocalAddressBook Make(params LocalAddress[] entries) => new(new BindAddresses { Entries = [.. entries] });
}
