using RtpProxy.Controller.Offers;
using RtpProxy.Controller.Relays;
using RtpProxy.Controller.Tests.Offers;
using RtpProxy.Sip;
using RtpProxy.TestKit.Controllers;

namespace RtpProxy.Controller.Tests.Relays;

/// <summary>Nodes that refuse new calls because they are full or drain, over real sockets.</summary>
public sealed class FullRelayTests
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("E99")]
    [InlineData("E98")]
    [InlineData("E71")]
    [InlineData("E72")]
    public async Task A_new_call_goes_to_the_next_node_and_the_full_one_is_left_alone_for_a_while(string error)
    {
        await using var relays = await TwoRelays.StartAsync();
        relays.First.Answer = command => new(command.StartsWith('U') ? error : relays.Usual(command));
        string[] calls = [.. TwoRelays.CallsOfFirst.Take(4)];
        foreach (string call in calls)
        {
            (await relays.OfferAsync(call)).Relay.ShouldBe(relays.Second.Url);
        }

        relays.First.Commands.Count(command => command.StartsWith('U')).ShouldBe(1);
        relays.Time.Advance(TimeSpan.FromSeconds(11));
        relays.First.Answer = command => new(relays.Usual(command));
        (await relays.OfferAsync(TwoRelays.CallsOfFirst.ElementAt(5))).Relay.ShouldBe(relays.First.Url);
    }

    [Fact]
    public async Task A_call_stays_where_it_was_given_to_and_those_of_the_full_node_stay_there()
    {
        await using var relays = await TwoRelays.StartAsync();
        string[] calls = [.. TwoRelays.CallsOfFirst.Take(2)];
        (await relays.OfferAsync(calls[0])).Relay.ShouldBe(relays.First.Url);
        relays.First.Answer = command => new(command.StartsWith('U') && command.Split(' ').Length == 5 ? "E99" : relays.Usual(command));
        (await relays.OfferAsync(calls[1])).Relay.ShouldBe(relays.Second.Url);

        (await relays.OfferAsync(calls[0], "tt")).Relay.ShouldBe(relays.First.Url);
        (await relays.OfferAsync(calls[1], "tt")).Relay.ShouldBe(relays.Second.Url);
        relays.Time.Advance(TimeSpan.FromMinutes(5));
        (await relays.OfferAsync(calls[1], "tt")).Relay.ShouldBe(relays.Second.Url);
        (await relays.Media.DestroyAsync(TestMessages.Request("BYE", "tt", callId: calls[1]), TestMessages.Context, cancellationToken: Stop))
            .Relay.ShouldBe(relays.Second.Url);
    }

    [Fact]
    public async Task A_node_that_has_room_for_one_medium_only_keeps_none_of_a_new_call()
    {
        await using var relays = await TwoRelays.StartAsync();
        relays.First.Answer = command => new(command.Contains(";2", StringComparison.Ordinal) ? "E72" : relays.Usual(command));
        string call = TwoRelays.CallsOfFirst.First();
        MediaResult result = await relays.OfferAsync(call, sdp: TestMessages.AudioVideo);
        result.Relay.ShouldBe(relays.Second.Url);
        relays.First.Commands[^1].ShouldBe($"D {call} ft");
        relays.Second.Commands.Count(command => command.StartsWith('U')).ShouldBe(2);
    }

    [Fact]
    public async Task When_all_are_full_each_is_asked_once_and_the_caller_may_try_again_later()
    {
        await using var relays = await TwoRelays.StartAsync();
        relays.First.Answer = relays.Second.Answer = command => new(command.StartsWith('U') ? "E72" : relays.Usual(command));
        for (int i = 0; i < 2; i++)
        {
            MediaResult result = await relays.OfferAsync(TwoRelays.CallsOfFirst.ElementAt(i));
            (result.Outcome, result.Refusal!.Status, result.Refusal.MayBeRetried).ShouldBe((MediaOutcome.NoRelay, 503, true));
            result.Reason.ShouldContain("takes no new call (E72)");
        }

        relays.First.Commands.Count(command => command.StartsWith('U')).ShouldBe(2);
        relays.Second.Commands.Count(command => command.StartsWith('U')).ShouldBe(2);
    }

    [Fact]
    public async Task A_full_node_that_is_the_only_one_goes_on_being_asked()
    {
        await using FakeRelay relay = FakeRelay.Start("udp", "127.0.1.1");
        Func<string, ValueTask<string?>> usual = relay.Answer;
        await using var sets = new RelaySets([RelaySetDefinition.Parse(relay.Url)]);
        var media = new CallMedia(sets);
        relay.Answer = command => command.StartsWith('U') ? new("E72") : usual(command);
        (await media.OfferAsync(TestMessages.Request(), TestMessages.Context, cancellationToken: Stop)).Outcome.ShouldBe(MediaOutcome.NoRelay);
        relay.Answer = usual;
        (await media.OfferAsync(TestMessages.Request(callId: "x@h"), TestMessages.Context, cancellationToken: Stop)).IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task A_later_offer_of_a_call_moves_nowhere()
    {
        await using var relays = await TwoRelays.StartAsync();
        relays.First.Answer = command => new(command.StartsWith('U') ? "E71" : relays.Usual(command));
        MediaResult result = await relays.OfferAsync(TwoRelays.CallsOfFirst.First(), "tt");
        (result.Outcome, result.Refusal!.Status).ShouldBe((MediaOutcome.Failed, 503));
        relays.Second.Commands.ShouldNotContain(command => command.StartsWith('U'));
    }

    private sealed class TwoRelays : IAsyncDisposable
    {
        private TwoRelays(FakeRelay first, FakeRelay second)
        {
            (First, Second) = (first, second);
            Sets = new RelaySets([RelaySetDefinition.Parse($"{first.Url} {second.Url}")], null, Time);
            Media = new CallMedia(Sets);
        }

        public ManualTime Time { get; } = new();

        public FakeRelay First { get; }

        public FakeRelay Second { get; }

        public RelaySets Sets { get; }

        public CallMedia Media { get; }

        private readonly PlausibleAnswers _plausible = new("127.0.1.1");

        /// <summary>Calls that their Call-ID sends to the first of two nodes.</summary>
        public static IEnumerable<string> CallsOfFirst =>
            Enumerable.Range(0, 100).Select(i => $"call-{i}@h").Where(id => id.Sum(c => c) % 256 % 2 == 0);

        public static async Task<TwoRelays> StartAsync()
        {
            var relays = new TwoRelays(FakeRelay.Start("udp", "127.0.1.1"), FakeRelay.Start("udp", "127.0.1.2"));
            await relays.Sets.ProbeAllAsync(Stop);
            return relays;
        }

        public string? Usual(string command) => _plausible.Answer(command);

        public ValueTask<MediaResult> OfferAsync(string callId, string? toTag = null, string? sdp = TestMessages.Sdp)
        {
            SipMessage invite = TestMessages.Request(toTag: toTag, sdp: sdp, callId: callId);
            return Media.OfferAsync(invite, TestMessages.Context, MediaFlags.Parse("r"), cancellationToken: Stop);
        }

        public async ValueTask DisposeAsync()
        {
            await Sets.DisposeAsync();
            await First.DisposeAsync();
            await Second.DisposeAsync();
        }
    }
}
