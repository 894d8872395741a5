using System.Diagnostics;
using System.Text.Json;
using RtpProxy.TestKit;
using RtpProxy.Watch.Tests.Kit;

namespace RtpProxy.Watch.Tests.Ng;

/// <summary>The client that programs of Node have, unmodified: npm's <c>rtpengine-client</c>, with every command that it knows.</summary>
public sealed class NpmClientTests
{
    private static readonly string Modules = Path.Combine(Sources.Root, "artifacts", "npm", "node_modules");
    private static readonly string Script = Path.Combine(Sources.Root, "tests", "Watch.Tests", "Ng", "NpmClient", "calls.js");

    [Theory]
    [InlineData("udp")]
    [InlineData("tcp")]
    [InlineData("ws")]
    public async Task It_reads_the_replies_to_all_of_its_commands(string transport)
    {
        Assert.SkipUnless(Directory.Exists(Modules), "test.sh could not fetch the client from npm");
        await using NgDaemon daemon = await NgDaemon.StartAsync("-r", ".");
        string address = transport switch
        {
            "udp" => $"127.0.0.1:{daemon.UdpPort}",
            "tcp" => $"127.0.0.1:{daemon.TcpPort}",
            _ => $"ws://{daemon.Http.Authority}/ng",
        };

        ILookup<string, JsonElement> replies = (await RunAsync(transport, address))
            .ToLookup(line => line.GetProperty("command").GetString()!, line => line.GetProperty("reply"));

        Result(replies["ping"]).ShouldBe("pong");
        replies["offer"].Single().GetProperty("sdp").GetString()!.ShouldContain("c=IN IP4 127.0.0.1\r\n");
        replies["answer"].Single().GetProperty("sdp").GetString()!.ShouldContain("c=IN IP4 127.0.0.1\r\n");
        replies["list"].Single().GetProperty("calls").EnumerateArray().ShouldHaveSingleItem().GetString().ShouldBe($"npm-{transport}");
        replies["query"].First().GetProperty("tags").GetProperty("a").GetProperty("medias")[0].GetProperty("type").GetString().ShouldBe("audio");
        foreach (string command in (string[])[
            "blockMedia", "unblockMedia", "blockDTMF", "unblockDTMF", "silenceMedia", "unsilenceMedia", "startRecording", "stopRecording",
            "stopMedia", "subscribeAnswer", "unsubscribe", "statistics"])
        {
            Result(replies[command]).ShouldBe("ok", command);
        }

        replies["subscribeRequest"].Single().GetProperty("sdp").GetString()!.ShouldContain("a=sendonly");
        replies["publish"].Single().GetProperty("sdp").GetString()!.ShouldContain("a=recvonly");
        replies["delete"].Select(reply => reply.GetProperty("result").GetString()).ShouldBe(["ok", "ok"]);

        Error(replies["playMedia"]).ShouldBe("Failed to start media playback from file");
        Error(replies["playDTMF"]).ShouldBe("No SSRC context present for DTMF injection");
        Error(replies["startForwarding"]).ShouldBe("unsupported");
        Error(replies["stopForwarding"]).ShouldBe("unsupported");
        Error(replies["query"].Skip(1)).ShouldBe("Unknown call-id");
    }

    private static string? Result(IEnumerable<JsonElement> replies) => replies.Single().GetProperty("result").GetString();

    private static string? Error(IEnumerable<JsonElement> replies) => replies.Single().GetProperty("error-reason").GetString();

    private static async Task<IReadOnlyList<JsonElement>> RunAsync(string transport, string address)
    {
        ProcessStartInfo start = new("node", [Script, transport, address])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["NODE_PATH"] = Modules },
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, error);
        return [.. (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];
    }
}
