using System.Diagnostics;
using System.Net;
using RtpProxy.Io.Net.Addresses;

namespace RtpProxy.Io.Tests.Addresses;

public sealed class NameResolverTests : IDisposable
{
    private static readonly IPAddress Known = IPAddress.Parse("192.0.2.7");

    private readonly ManualResetEventSlim _revival = new();
    private int _asked;

    public void Dispose() => _revival.Set();

    [Fact]
    public void A_name_is_asked_for_once_while_its_answer_is_fresh()
    {
        NameResolver resolver = Make(host => host == "known.example" ? Known : null, patience: 20_000, keeping: 20_000);

        for (int i = 0; i < 10; i++)
        {
            resolver.ResolveIPv4("known.example").ShouldBe(Known);
            resolver.ResolveIPv4("unknown.example").ShouldBeNull();
        }

        _asked.ShouldBe(2);
    }

    [Fact]
    public void Many_who_ask_for_one_name_at_once_share_the_answer()
    {
        NameResolver resolver = Make(
            _ =>
            {
                Thread.Sleep(50);
                return Known;
            },
            patience: 20_000,
            keeping: 20_000);

        Parallel.For(0, 16, _ => resolver.ResolveIPv4("known.example").ShouldBe(Known));

        _asked.ShouldBe(1);
    }

    [Fact]
    public void Dead_name_servers_cost_as_many_threads_as_are_allowed_and_nobody_more_than_the_patience()
    {
        NameResolver resolver = Make(WaitForRevival, patience: 200, keeping: 20_000);
        long start = Stopwatch.GetTimestamp();

        Parallel.For(0, 100, new ParallelOptions { MaxDegreeOfParallelism = 32 }, i =>
            resolver.ResolveIPv4($"host{i}.example").ShouldBeNull());

        _asked.ShouldBeInRange(1, NameResolver.MaxAsking);

        // All but the first wave are told at once. The loaded machine gets its share.
        Stopwatch.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task An_answer_that_came_too_late_serves_the_next()
    {
        NameResolver resolver = Make(WaitForRevival, patience: 20, keeping: 20_000);
        resolver.ResolveIPv4("slow.example").ShouldBeNull();

        _revival.Set();

        await TestKit.Eventually.TrueAsync(() => Equals(resolver.ResolveIPv4("slow.example"), Known), "the late answer");
        _asked.ShouldBe(1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void One_name_that_nobody_answers_for_takes_no_answer_from_another(bool isSlow)
    {
        NameResolver resolver = Make(
            host => host != "broken.example" ? Known : isSlow ? WaitForRevival(host) : throw new TimeoutException(),
            patience: isSlow ? 3_000 : 20_000,
            keeping: 60_000);
        resolver.ResolveIPv4("broken.example").ShouldBeNull();

        for (int i = 0; i < 20; i++)
        {
            resolver.ResolveIPv4("broken.example").ShouldBeNull();
            resolver.ResolveIPv4($"alive{i}.example").ShouldBe(Known);
        }

        _asked.ShouldBe(21);
    }

    [Fact]
    public void Many_names_that_are_refused_at_once_take_no_answer_from_another()
    {
        NameResolver resolver = Make(
            host => host[0] == 'b' ? throw new TimeoutException() : Known, patience: 20_000, keeping: 20_000);
        for (int i = 0; i < 20; i++)
        {
            resolver.ResolveIPv4($"broken{i}.example").ShouldBeNull();
            resolver.ResolveIPv4($"alive{i}.example").ShouldBe(Known);
        }
    }

    [Fact]
    public void Even_when_the_name_server_seems_dead_one_name_at_a_time_is_asked_for_and_an_answer_is_believed()
    {
        NameResolver resolver = Make(host => host[0] == 'd' ? WaitForRevival(host) : Known, patience: 3_000, keeping: 60_000);
        Parallel.For(0, 3, i => resolver.ResolveIPv4($"dead{i}.example").ShouldBeNull());

        resolver.ResolveIPv4("alive.example").ShouldBe(Known);
        Parallel.For(0, 4, i => resolver.ResolveIPv4($"alive{i}.example").ShouldBe(Known));
    }

    [Fact]
    public async Task While_the_name_server_seems_dead_who_is_not_the_one_that_asks_is_told_at_once()
    {
        NameResolver resolver = Make(WaitForRevival, patience: 3_000, keeping: 60_000);
        Parallel.For(0, 3, i => resolver.ResolveIPv4($"dead{i}.example").ShouldBeNull());
        var probe = Task.Run(() => resolver.ResolveIPv4("probe.example"));
        await TestKit.Eventually.TrueAsync(() => Volatile.Read(ref _asked) == 4, "one is asked for");

        resolver.ResolveIPv4("other.example").ShouldBeNull();

        _asked.ShouldBe(4);
        _revival.Set();
        (await probe).ShouldBe(Known);
        resolver.ResolveIPv4("other.example").ShouldBe(Known);
    }

    private IPAddress? WaitForRevival(string host)
    {
        _revival.Wait();
        return Known;
    }

    private NameResolver Make(Func<string, IPAddress?> ask, int patience, int keeping) => new(
        isNumericOnly: false,
        host =>
        {
            Interlocked.Increment(ref _asked);
            return ask(host);
        },
        TimeSpan.FromMilliseconds(patience),
        TimeSpan.FromMilliseconds(keeping));
}
