using System.Net;
using System.Text.Json;
using RtpProxy.Admin;
using RtpProxy.TestKit.Daemon;
using RtpProxy.Watch.Tests.Kit;

namespace RtpProxy.Watch.Tests.Api;

public sealed class EventTests : IDisposable
{
    private readonly WorkingDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task What_happens_to_a_call_is_told_at_once()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock"));
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);
        await using EventReader all = await EventReader.OpenAsync(watch, "");
        await using EventReader verdicts = await EventReader.OpenAsync(watch, "?kinds=verdict,ended");

        await relay.TellAsync(new EventNotice { Kind = "latched", CallId = "first", Address = "192.0.2.7:4000" });
        await relay.TellAsync(new EventNotice { Kind = "verdict", CallId = "second", Verdict = "one-way", VerdictBefore = "ok", Trouble = true });

        JsonElement first = await all.NextAsync("call");
        first.GetProperty("node").GetString().ShouldBe(relay.Path);
        first.GetProperty("event").GetProperty("callId").GetString().ShouldBe("first");
        (await all.NextAsync("call")).GetProperty("event").GetProperty("callId").GetString().ShouldBe("second");
        (await verdicts.NextAsync("call")).GetProperty("event").GetProperty("verdict").GetString().ShouldBe("one-way");
    }

    [Fact]
    public async Task Who_comes_back_gets_what_happened_meanwhile()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock"));
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);
        await using EventReader witness = await EventReader.OpenAsync(watch, "?nodes=1");
        await witness.NextAsync("nodes");
        string start = witness.LastId!; // Nothing has happened yet.
        for (int i = 0; i < 120; i++)
        {
            await relay.TellAsync(new EventNotice { Kind = i % 2 == 0 ? "verdict" : "latched", CallId = $"call {i}" });
            await witness.NextAsync("call");
        }

        await using EventReader late = await EventReader.OpenAsync(watch, "");
        await using EventReader byHeader = await EventReader.OpenAsync(watch, "?kinds=verdict", start);
        await using EventReader byAddress = await EventReader.OpenAsync(watch, "?after=" + start);
        await using EventReader hasAll = await EventReader.OpenAsync(watch, "?after=" + witness.LastId);
        await relay.TellAsync(new EventNotice { Kind = "verdict", CallId = "last" });

        (await CallIdsAsync(late)).ShouldBe(["last"]);
        (await CallIdsAsync(hasAll)).ShouldBe(["last"]);
        (await CallIdsAsync(byHeader)).ShouldBe([.. from i in Enumerable.Range(20, 100) where i % 2 == 0 select $"call {i}", "last"]);
        (await CallIdsAsync(byAddress)).ShouldBe([.. from i in Enumerable.Range(20, 100) select $"call {i}", "last"]);
    }

    [Fact]
    public async Task State_is_told_again_and_again_as_it_was_asked_for()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock")) { Sessions = [Samples.Call("a")] };
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);
        await using EventReader events = await EventReader.OpenAsync(watch, "?nodes=1&list=1&text=b&call=a");

        (await events.NextAsync("nodes")).GetProperty("nodes")[0].GetProperty("counters").GetProperty("sessionsCreated").GetInt32().ShouldBe(25);
        (await events.NextAsync("sessions")).GetProperty("matching").GetInt32().ShouldBe(0);
        (await events.NextAsync("session")).GetProperty("callId").GetString().ShouldBe("a");
        relay.Sessions = [Samples.Call("b")];
        await TestKit.Eventually.TrueAsync(async () => (await events.NextAsync("sessions")).GetProperty("matching").GetInt32() == 1);
        (await events.NextAsync("session")).GetProperty("error").GetProperty("code").GetString().ShouldBe("no-such-call");
    }

    [Fact]
    public async Task A_relay_that_goes_away_is_shown_so_with_the_age_of_what_it_said()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock"));
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);
        await using EventReader events = await EventReader.OpenAsync(watch, "?nodes=1");

        await relay.StopAsync();
        JsonElement away = default;
        await TestKit.Eventually.TrueAsync(async () => !(away = (await events.NextAsync("nodes")).GetProperty("nodes")[0]).GetProperty("up").GetBoolean());
        away.GetProperty("fault").GetString().ShouldNotBeNullOrEmpty();
        away.GetProperty("ageSeconds").GetDouble().ShouldBeGreaterThanOrEqualTo(0);
        away.GetProperty("counters").GetProperty("sessionsCreated").GetInt32().ShouldBe(25);

        relay.Start();
        await TestKit.Eventually.TrueAsync(async () => (await events.NextAsync("nodes")).GetProperty("nodes")[0].GetProperty("up").GetBoolean());
    }

    [Theory]
    [InlineData("list=1&sort=colour")]
    [InlineData("kinds=verdict,zz")]
    public async Task An_order_or_a_kind_that_is_not_known_is_refused(string query)
    {
        await using FakeRelay relay = new(_directory.File("admin.sock"));
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);

        using HttpResponseMessage response = await watch.Http.GetAsync(new Uri("/api/events?" + query, UriKind.Relative));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync()).ShouldContain("bad-value");
    }

    private static async Task<string[]> CallIdsAsync(EventReader events)
    {
        List<string> callIds = [];
        while (callIds.LastOrDefault() != "last")
        {
            callIds.Add((await events.NextAsync("call")).GetProperty("event").GetProperty("callId").GetString()!);
        }

        return [.. callIds];
    }
}
