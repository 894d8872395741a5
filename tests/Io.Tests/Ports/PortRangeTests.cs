using System.Net;
using FsCheck;
using FsCheck.Fluent;
using RtpProxy.Io.Net.Ports;

namespace RtpProxy.Io.Tests.Ports;

public sealed class PortRangeTests
{
    private static readonly IPAddress Here = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress There = IPAddress.Parse("192.0.2.2");

    [Fact]
    public void Ascending_order_goes_on_after_the_last_pair_and_around()
    {
        var range = new PortRange(20_000, 20_004, PortOrder.Ascending);

        Take(range, Here).ShouldBe(20_000);
        Take(range, Here).ShouldBe(20_002);
        range.Release(Here, 20_000);
        Take(range, Here).ShouldBe(20_004);
        Take(range, Here).ShouldBe(20_000);
        Take(range, Here).ShouldBe(0);
    }

    [Fact]
    public void A_range_of_one_pair_serves_one_session_after_the_other()
    {
        var range = new PortRange(20_000, 20_000, PortOrder.Random);
        for (int i = 0; i < 10; i++)
        {
            Take(range, Here).ShouldBe(20_000);
            Take(range, Here).ShouldBe(0);
            range.Release(Here, 20_000);
        }
    }

    [Fact]
    public void Every_address_has_the_whole_range()
    {
        var range = new PortRange(20_000, 20_000, PortOrder.Ascending);

        Take(range, Here).ShouldBe(20_000);
        Take(range, There).ShouldBe(20_000);
        Take(range, IPAddress.IPv6Loopback).ShouldBe(20_000);
    }

    [Fact]
    public void A_refused_pair_is_given_back_and_the_next_one_tried()
    {
        var range = new PortRange(20_000, 20_002, PortOrder.Ascending);
        PortSearch search = range.Search(Here, new Random(1));

        search.TryClaimNext(out int first).ShouldBeTrue();
        search.TryClaimNext(out int second).ShouldBeTrue();
        search.TryClaimNext(out _).ShouldBeFalse();

        (first, second).ShouldBe((20_000, 20_002));
        Take(range, Here).ShouldBe(20_000);
    }

    [Fact]
    public void Any_number_of_addresses_can_be_named()
    {
        var range = new PortRange(20_000, 20_006, PortOrder.Ascending);
        for (uint i = 1; i < 2000; i++)
        {
            var address = new IPAddress(i);
            int port = Take(range, address);
            port.ShouldNotBe(0);
            range.Release(address, port);
        }
    }

    [Fact]
    public void Random_order_visits_every_pair_exactly_once() =>
        Prop.ForAll(
            Gen.Choose(1, 300).ToArbitrary(),
            Gen.Choose(0, int.MaxValue).ToArbitrary(),
            (pairs, seed) =>
            {
                var range = new PortRange(2000, 2000 + (2 * (pairs - 1)), PortOrder.Random);
                var seen = new HashSet<int>();
                PortSearch search = range.Search(Here, new Random(seed));
                while (search.TryClaimNext(out int port))
                {
                    seen.Add(port);
                }

                return seen.Count == pairs;
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Random_order_is_not_ascending()
    {
        var range = new PortRange(20_000, 29_998, PortOrder.Random);

        int[] ports = [.. Enumerable.Range(0, 50).Select(seed => Take(range, Here, new Random(seed)))];

        ports.ShouldBeUnique();
        ports.SequenceEqual(ports.Order()).ShouldBeFalse();
    }

    [Fact]
    public void Workers_never_share_a_pair()
    {
        const int Pairs = 4000;
        var range = new PortRange(2000, 2000 + (2 * (Pairs - 1)), PortOrder.Ascending);
        int[][] taken = new int[4][];

        Parallel.For(0, taken.Length, worker =>
        {
            var random = new Random(worker);
            taken[worker] = [.. Enumerable.Range(0, Pairs / taken.Length).Select(_ => Take(range, Here, random))];
        });

        int[] all = [.. taken.SelectMany(ports => ports)];
        all.ShouldBeUnique();
        all.Order().ShouldBe(Enumerable.Range(0, Pairs).Select(i => 2000 + (2 * i)));
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(10, 8)]
    [InlineData(11, 20)]
    [InlineData(10, 21)]
    [InlineData(10, 65536)]
    public void Wrong_ranges_are_refused(int lowest, int highest) =>
        Should.Throw<ArgumentException>(() => new PortRange(lowest, highest, PortOrder.Random));

    [Fact]
    public void The_highest_pair_of_all_can_be_used() =>
        Take(new PortRange(65_534, 65_534, PortOrder.Random), Here).ShouldBe(65_534);

    private static int Take(PortRange range, IPAddress address, Random? random = null)
    {
        PortSearch search = range.Search(address, random ?? new Random(1));
        if (!search.TryClaimNext(out int port))
        {
            return 0;
        }

        search.Keep();
        return port;
    }
}
