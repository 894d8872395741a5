using System.Net;
using RtpProxy.EndToEnd.Processes;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.EndToEnd.Edge;

/// <summary>Our own SIP proxy, as an operator runs it, with relays that are processes of their own.</summary>
public sealed class SipEdgeServer : IAsyncDisposable
{
    private const string Listening = "listening on UDP ";

    private readonly ChildProcess _process;

    private SipEdgeServer(ChildProcess process, IPEndPoint sip) => (_process, Sip) = (process, sip);

    /// <summary>Where callers send their requests; the port is the kernel's choice.</summary>
    public IPEndPoint Sip { get; }

    /// <param name="sockets">The relays, as <c>rtpproxy_sock</c> names them.</param>
    public static async Task<SipEdgeServer> StartAsync(string sockets, WorkDirectory directory)
    {
        await File.WriteAllTextAsync(
            directory["sipedge.json"],
            $$"""
            {
              "listen": [{ "address": "{{Loopback.NextAddress()}}", "port": 0 }],
              "authentication": "none",
              "trusted": ["127.0.0.0/8", "::1"],
              "relays": { "sockets": ["{{sockets}}"] }
            }
            """);
        ChildProcess process = await ChildProcess.StartAsync(
            "sipedge", Executables.Find("sipedge", "RtpProxy.SipEdge"), [directory["sipedge.json"]], directory);
        try
        {
            string? line = null;
            await Eventually.TrueAsync(
                () => Task.FromResult((line = ListeningLineOf(process)) is not null || process.HasEnded),
                () => $"sipedge does not listen. {process.Tail()}");
            line.ShouldNotBeNull($"sipedge has ended. {process.Tail()}");
            return new SipEdgeServer(process, IPEndPoint.Parse(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..line.IndexOf(',')]));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync() => await _process.DisposeAsync();

    private static string? ListeningLineOf(ChildProcess process) => process.Output.Split('\n')[..^1]
        .FirstOrDefault(line => line.Contains(Listening, StringComparison.Ordinal));
}
