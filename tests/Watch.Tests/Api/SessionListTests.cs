using System.Net;
using System.Text.Json;
using RtpProxy.TestKit.Daemon;
using RtpProxy.Watch.Tests.Kit;

namespace RtpProxy.Watch.Tests.Api;

public sealed class SessionListTests : IDisposable
{
    private readonly WorkingDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Calls_in_trouble_come_first()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock")) { Sessions = [Samples.Call("a"), Samples.OneWay("b"), Samples.Call("c")] };
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);

        JsonElement list = await watch.GetAsync("/api/sessions");

        list.GetProperty("total").GetInt32().ShouldBe(3);
        CallIds(list).ShouldBe(["b", "a", "c"]);
        JsonElement first = list.GetProperty("rows")[0];
        first.GetProperty("node").GetString().ShouldBe(relay.Path);
        first.GetProperty("session").GetProperty("verdict").GetString().ShouldBe("one-way");
        first.GetProperty("session").GetProperty("sentence").GetString()!.ShouldContain("nothing came");
    }

    [Fact]
    public async Task Filter_order_and_page_are_asked_of_the_relay()
    {
        await using FakeRelay relay = new(_directory.File("admin.sock"))
        {
            Sessions = [.. Enumerable.Range(0, 30).Select(number => Samples.Call($"call-{number:00}", number)), Samples.Call("other")],
        };
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);

        JsonElement list = await watch.GetAsync("/api/sessions?text=CALL&sort=newest&skip=10&take=5");

        CallIds(list).ShouldBe(["call-19", "call-18", "call-17", "call-16", "call-15"]);
        list.GetProperty("total").GetInt32().ShouldBe(31);
        list.GetProperty("matching").GetInt32().ShouldBe(30);
        relay.Asked.ShouldContain(request => request.Text == "CALL" && request.Sort == "newest" && request.Skip == 10 && request.Take == 5);
    }

    [Theory]
    [InlineData("sort=colour")]
    [InlineData("take=0")]
    [InlineData("take=501")]
    [InlineData("skip=-1")]
    [InlineData("skip=x")]
    [InlineData("trouble=perhaps")]
    public async Task What_cannot_be_asked_is_refused_in_a_sentence(string query)
    {
        await using FakeRelay relay = new(_directory.File("admin.sock"));
        await using WatchProcess watch = await WatchProcess.StartAsync(relay);

        using HttpResponseMessage response = await watch.Http.GetAsync(new Uri($"/api/sessions?{query}", UriKind.Relative));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        JsonElement error = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("error");
        error.GetProperty("code").GetString().ShouldBe("bad-value");
        error.GetProperty("text").GetString()!.ShouldContain(query.Split('=')[0]);
    }

    [Fact]
    public async Task Lists_of_several_relays_become_one_in_the_same_order()
    {
        await using FakeRelay first = new(_directory.File("first.sock")) { Sessions = [Samples.Call("a", 1), Samples.OneWay("b", 4)] };
        await using FakeRelay second = new(_directory.File("second.sock")) { Sessions = [Samples.Call("c", 2), Samples.OneWay("d", 3)] };
        await using WatchProcess watch = await WatchProcess.StartAsync(first, second);

        CallIds(await watch.GetAsync("/api/sessions"))[..2].ShouldBe(["b", "d"], ignoreOrder: true);
        CallIds(await watch.GetAsync("/api/sessions?sort=oldest")).ShouldBe(["a", "c", "d", "b"]);
        CallIds(await watch.GetAsync("/api/sessions?sort=oldest&skip=1&take=2")).ShouldBe(["c", "d"]);
        CallIds(await watch.GetAsync($"/api/sessions?node={Uri.EscapeDataString(second.Path)}")).ShouldBe(["d", "c"]);
    }

    [Fact]
    public async Task A_relay_that_is_away_does_not_hide_the_others()
    {
        await using FakeRelay here = new(_directory.File("here.sock")) { Sessions = [Samples.Call("a")] };
        string away = _directory.File("away.sock");
        await using WatchProcess watch = await WatchProcess.StartAsync("--node", $"here={here.Argument}", "--node", $"away=unix:{away}");
        await TestKit.Eventually.TrueAsync(async () => (await watch.NodesAsync())[0].GetProperty("up").GetBoolean());

        JsonElement list = await watch.GetAsync("/api/sessions");

        CallIds(list).ShouldBe(["a"]);
        list.GetProperty("away")[0].GetString().ShouldBe("away");
    }

    private static string[] CallIds(JsonElement list) =>
        [.. list.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("session").GetProperty("callId").GetString()!)];
}
