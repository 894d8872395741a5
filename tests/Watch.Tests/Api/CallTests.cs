using System.Net;
using System.Text.Json;
using RtpProxy.TestKit.Daemon;
using RtpProxy.Watch.Tests.Kit;

namespace RtpProxy.Watch.Tests.Api;

public sealed class CallTests : IDisposable
{
    private readonly WorkingDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("a84b4c76e66710@192.0.2.10")]
    [InlineData("with/slash?and=question#and%20percent&more")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("näme ‮txt")]
    [InlineData("../../etc/passwd")]
    public async Task A_call_is_found_by_its_call_id_whatever_that_is(string callId)
    {
        await using FakeRelay relay = new(_directory.File("admin.sock")) { Sessions = [Samples.Call("other"), Samples.OneWay(callId)] };
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);

        JsonElement call = await watch.GetAsync("/api/sessions/" + Uri.EscapeDataString(callId));

        JsonElement session = call.GetProperty("sessions").EnumerateArray().ShouldHaveSingleItem().GetProperty("session");
        session.GetProperty("callId").GetString().ShouldBe(callId);
        session.GetProperty("callee").GetProperty("signalled").GetString().ShouldBe("198.51.100.20:16384");
        session.GetProperty("caller").GetProperty("history").GetArrayLength().ShouldBe(64);
    }

    [Theory]
    [InlineData("caf%C3%A9")]
    [InlineData("caf%C3%83%C2%A9")]
    public async Task A_call_is_found_as_it_is_typed_and_as_its_relay_tells_it(string escaped)
    {
        await using FakeRelay relay = new(_directory.File("admin.sock")) { Sessions = [Samples.Call("other"), Samples.Call("caf\u00c3\u00a9")] };
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);

        (await watch.GetAsync("/api/sessions/" + escaped)).GetProperty("sessions").GetArrayLength().ShouldBe(1);
        (await watch.GetAsync("/api/sessions?text=" + escaped)).GetProperty("matching").GetInt32().ShouldBe(1);
    }

    [Theory]
    [InlineData("%C3%83", 1)] // the first half of an e with an accent, as the relay tells it
    [InlineData("f%C3%83", 1)]
    [InlineData("%C2%A9", 1)]
    [InlineData("%C3%AB", 0)]
    [InlineData("%E2%82%AC", 0)]
    public async Task Text_that_begins_or_ends_within_a_character_is_found(string escaped, int matching)
    {
        await using FakeRelay relay = new(_directory.File("admin.sock")) { Sessions = [Samples.Call("other"), Samples.Call("caf\u00c3\u00a9")] };
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);

        (await watch.GetAsync("/api/sessions?text=" + escaped)).GetProperty("matching").GetInt32().ShouldBe(matching);
    }

    [Theory]
    [InlineData("/api/sessions?text=%C3")]
    [InlineData("/api/sessions?text=caf%E9")]
    [InlineData("/api/sessions/caf%E9")]
    [InlineData("/api/events?call=%A9")]
    public async Task What_is_percent_encoded_is_whole_characters(string path)
    {
        await using FakeRelay relay = new(_directory.File("admin.sock"));
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);

        using HttpResponseMessage response = await watch.Http.GetAsync(new Uri(path, UriKind.Relative));

        response.StatusCode.ShouldBe(System.Net.HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync()).ShouldContain("expected UTF-8");
    }

    [Fact]
    public async Task A_call_of_several_media_has_a_session_for_each_and_a_tag_chooses()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock")) { Sessions = [Samples.Call("c", 1), Samples.Call("c", 2)] };
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);

        (await watch.GetAsync("/api/sessions/c")).GetProperty("sessions").GetArrayLength().ShouldBe(2);
        (await watch.GetAsync("/api/sessions/c?tag=from-2")).GetProperty("sessions").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_call_that_nobody_has_is_not_found()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock"));
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);

        using HttpResponseMessage response = await watch.Http.GetAsync(new Uri("/api/sessions/nobody", UriKind.Relative));

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await response.Content.ReadAsStringAsync()).ShouldContain("no-such-call");
    }

    [Fact]
    public async Task While_the_relay_is_away_a_question_is_answered_so()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock")) { Sessions = [Samples.Call("c")] };
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);
        await relay.StopAsync();
        await watch.WaitUntilAsync(up: false);

        using HttpResponseMessage response = await watch.Http.GetAsync(new Uri("/api/sessions/c", UriKind.Relative));

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        relay.Start();
    }
}
