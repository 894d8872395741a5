using System.Text;
using RtpProxy.Protocols.RtppFront.Replies;

namespace RtpProxy.Protocols.Rtpp.Tests.Replies;

public sealed class ReplyCacheTests
{
    private readonly ReplyCache _cache = new();

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    private (CookieState State, string Reply) Begin(string cookie, long now, ReplyCache? cache = null)
    {
        CookieState state = (cache ?? _cache).Begin(Bytes(cookie), now, out ReadOnlyMemory<byte> reply);
        return (state, Encoding.Latin1.GetString(reply.Span));
    }

    private void Store(string cookie, string reply, long now, ReplyCache? cache = null)
    {
        Begin(cookie, now, cache).State.ShouldBe(CookieState.New);
        (cache ?? _cache).Complete(Bytes(cookie), Bytes(reply), now);
    }

    [Fact]
    public void A_repeated_cookie_is_answered_with_the_stored_bytes()
    {
        Store("ck1", "ck1 20040107\n", 0);
        Begin("ck1", 1).ShouldBe((CookieState.Answered, "ck1 20040107\n"));
        Begin("CK1", 1).State.ShouldBe(CookieState.New);
    }

    [Fact]
    public void Another_cache_goes_on_with_replies_that_were_saved_and_with_no_command_that_was_under_way()
    {
        Store("ck1", "ck1 0\n", 1_000);
        Begin("ck2", 2_000);
        Store("ck3", "ck3 E8\n", 3_000);
        var next = new ReplyCache();

        next.Load(_cache.Save(1 << 20));

        next.Count.ShouldBe(2);
        Begin("ck1", 4_000, next).ShouldBe((CookieState.Answered, "ck1 0\n"));
        Begin("ck3", 4_000, next).ShouldBe((CookieState.Answered, "ck3 E8\n"));
        Begin("ck2", 4_000, next).State.ShouldBe(CookieState.New);
        Begin("ck1", 40_000, next).State.ShouldBe(CookieState.New, "it is as old as it was");
    }

    [Fact]
    public void Of_more_replies_than_fit_the_newest_are_saved()
    {
        for (int i = 0; i < 100; i++)
        {
            Store($"ck{i:00}", $"ck{i:00} 0\n", i);
        }

        var next = new ReplyCache();
        byte[] saved = _cache.Save(1_000);
        saved.Length.ShouldBeLessThanOrEqualTo(1_000);
        next.Load(saved);

        next.Count.ShouldBeGreaterThan(20);
        Begin("ck99", 100, next).State.ShouldBe(CookieState.Answered);
        Begin("ck00", 100, next).State.ShouldBe(CookieState.New);
    }

    [Fact]
    public void Whatever_was_saved_is_read_without_harm()
    {
        Store("ck1", "ck1 0\n", 0);
        Store("ck2", "ck2 0\n", 0);
        byte[] saved = _cache.Save(1 << 20);
        for (int length = 0; length <= saved.Length; length++)
        {
            var next = new ReplyCache();
            next.Load(saved.AsSpan(0, length));
            next.Count.ShouldBe(length == saved.Length ? 2 : length >= saved.Length / 2 ? 1 : 0);
        }

        for (int bit = 0; bit < saved.Length * 8; bit++)
        {
            byte[] flipped = [.. saved];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            new ReplyCache().Load(flipped);
        }
    }

    [Fact]
    public void A_repeat_while_the_command_is_executed_is_seen_as_one()
    {
        Begin("ck1", 0).State.ShouldBe(CookieState.New);
        Begin("ck1", 1).ShouldBe((CookieState.InProgress, ""));
        _cache.Complete(Bytes("ck1"), Bytes("ck1 0\n"), 2);
        Begin("ck1", 3).ShouldBe((CookieState.Answered, "ck1 0\n"));
    }

    [Fact]
    public void A_repeat_waits_for_the_reply_or_learns_that_there_is_none()
    {
        Begin("ck1", 0);
        List<string> first = WhenAnswered("ck1");
        first.ShouldBeEmpty();
        _cache.Complete(Bytes("ck1"), Bytes("ck1 0\n"), 2);
        first.ShouldBe(["ck1 0\n"]);
        WhenAnswered("ck1").ShouldBe(["ck1 0\n"]);

        Begin("ck2", 3);
        List<string> second = WhenAnswered("ck2");
        second.ShouldBeEmpty();
        _cache.Abandon(Bytes("ck2"));
        second.ShouldBe(["none"]);
        WhenAnswered("ck2").ShouldBe(["none"]);
    }

    [Fact]
    public void A_repeat_learns_of_a_claim_that_is_pushed_out()
    {
        var cache = new ReplyCache(maxEntries: 1);
        Begin("a", 0, cache);
        List<string> told = WhenAnswered("a", cache);
        Begin("b", 0, cache);
        told.ShouldBe(["none"]);
    }

    private List<string> WhenAnswered(string cookie, ReplyCache? cache = null)
    {
        List<string> told = [];
        (cache ?? _cache).WhenAnswered(
            Bytes(cookie), reply => told.Add(Encoding.Latin1.GetString(reply.Span)), () => told.Add("none"));
        return told;
    }

    [Fact]
    public void An_abandoned_command_is_executed_when_it_is_repeated()
    {
        Begin("ck1", 0);
        _cache.Abandon(Bytes("ck1"));
        Begin("ck1", 1).State.ShouldBe(CookieState.New);
    }

    [Fact]
    public void An_answer_is_not_abandoned()
    {
        Store("ck1", "ck1 0\n", 0);
        _cache.Abandon(Bytes("ck1"));
        Begin("ck1", 1).State.ShouldBe(CookieState.Answered);
    }

    [Theory]
    [InlineData(0, 35_999)] // rounds are at multiples of 3,000: 35,000 have passed at 36,000
    [InlineData(1, 35_999)]
    [InlineData(1_000, 35_999)]
    [InlineData(1_001, 38_999)]
    [InlineData(2_999, 38_999)]
    public void An_answer_lives_from_35_to_38_seconds_and_until_the_next_sweep(long stored, long last)
    {
        Store("ck1", "ck1 0\n", stored);
        Begin("ck1", last).State.ShouldBe(CookieState.Answered);
        (last + 1 - stored).ShouldBeInRange(
            ReplyCache.LifetimeMilliseconds,
            ReplyCache.LifetimeMilliseconds + ReplyCache.SweepMilliseconds);
        Begin("ck1", last + 1).State.ShouldBe(CookieState.New);
    }

    [Fact]
    public void A_repeat_does_not_extend_the_life_of_an_answer()
    {
        Store("ck1", "ck1 0\n", 0);
        for (long now = 0; now < 36_000; now += 500)
        {
            Begin("ck1", now).State.ShouldBe(CookieState.Answered);
        }

        Begin("ck1", 36_000).State.ShouldBe(CookieState.New);
    }

    [Fact]
    public void The_life_of_an_answer_begins_with_its_reply()
    {
        Begin("slow", 0);
        _cache.Complete(Bytes("slow"), Bytes("slow 0\n"), 3_000);
        Begin("slow", 38_999).State.ShouldBe(CookieState.Answered);
        Begin("slow", 39_000).State.ShouldBe(CookieState.New);
    }

    [Fact]
    public void A_sweep_frees_what_has_expired_and_only_that()
    {
        Store("a", "a 0\n", 0);
        Store("b", "b 0\n", 6_000);
        _cache.Sweep(36_000);
        _cache.Count.ShouldBe(1);
        _cache.Bytes.ShouldBe("b".Length + "b 0\n".Length);
        _cache.Sweep(60_000);
        _cache.Count.ShouldBe(0);
        _cache.Bytes.ShouldBe(0);
    }

    [Fact]
    public void The_number_of_entries_is_bounded_and_the_oldest_go_first()
    {
        var cache = new ReplyCache(maxEntries: 3);
        foreach (string cookie in new[] { "a", "b", "c", "d" })
        {
            Store(cookie, cookie + " 0\n", 0, cache);
        }

        cache.Count.ShouldBe(3);
        Begin("b", 0, cache).State.ShouldBe(CookieState.Answered);
        Begin("d", 0, cache).State.ShouldBe(CookieState.Answered);
        Begin("a", 0, cache).State.ShouldBe(CookieState.New);
    }

    [Fact]
    public void The_bytes_of_all_entries_are_bounded()
    {
        var cache = new ReplyCache(maxBytes: 4_000);
        for (int i = 0; i < 100; i++)
        {
            Store($"cookie{i}", new string('r', 1_000), 0, cache);
            cache.Bytes.ShouldBeLessThanOrEqualTo(4_000);
        }

        Begin("cookie99", 0, cache).State.ShouldBe(CookieState.Answered);
        Begin("cookie95", 0, cache).State.ShouldBe(CookieState.New);
    }

    [Fact]
    public void A_claim_that_was_pushed_out_is_still_answered_to_later_repeats()
    {
        var cache = new ReplyCache(maxEntries: 1);
        Begin("a", 0, cache);
        Begin("b", 0, cache);
        cache.Complete(Bytes("a"), Bytes("a 0\n"), 1);
        cache.Count.ShouldBe(1);
        Begin("a", 2, cache).State.ShouldBe(CookieState.Answered);
    }

    [Fact]
    public async Task Of_many_threads_with_one_cookie_exactly_one_executes()
    {
        int executed = 0;
        using var start = new Barrier(4);
        Task[] threads = [.. Enumerable.Range(0, 4).Select(thread => Task.Factory.StartNew(
            () =>
            {
                for (int i = 0; i < 1_000; i++)
                {
                    start.SignalAndWait();
                    byte[] cookie = Bytes($"ck{i}");
                    if (_cache.Begin(cookie, i, out _) == CookieState.New)
                    {
                        Interlocked.Increment(ref executed);
                        _cache.Complete(cookie, cookie, i);
                    }
                }
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default))];
        await Task.WhenAll(threads);
        executed.ShouldBe(1_000);
    }
}
