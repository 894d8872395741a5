using System.Globalization;
using System.Net;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Media;

/// <summary>A complete session between two phones that have heard each other once.</summary>
internal sealed class MediaCall : IDisposable
{
    private MediaCall(string id, IPAddress host)
    {
        Id = id;
        Caller = new MediaPhone(host);
        Callee = new MediaPhone(host);
    }

    public string Id { get; }

    public MediaPhone Caller { get; }

    public MediaPhone Callee { get; }

    /// <param name="offer">Modifiers of the caller's command.</param>
    /// <param name="answer">Modifiers of the callee's.</param>
    public static async Task<MediaCall> SetUpAsync(
        ControlClient control, string id, IPAddress? host = null, string offer = "", string answer = "")
    {
        host ??= IPAddress.Loopback;
        MediaCall call = new(id, host);
        call.Callee.Remote = await AskForPortAsync(control, $"U{offer} {id} {host} {call.Caller.Local.Port} alice", host);
        call.Caller.Remote = await AskForPortAsync(control, $"L{answer} {id} {host} {call.Callee.Local.Port} alice bob", host);
        return call;
    }

    /// <summary>Each phone sends as many packets, one after the other, and each is heard before the next.</summary>
    public async Task TalkAsync(int packets)
    {
        for (int i = 0; i < packets; i++)
        {
            Caller.Say();
            await Callee.HearAsync();
            Callee.Say();
            await Caller.HearAsync();
        }
    }

    public void Dispose()
    {
        Caller.Dispose();
        Callee.Dispose();
    }

    private static async Task<IPEndPoint> AskForPortAsync(ControlClient control, string command, IPAddress host)
    {
        string reply = await control.AskAsync(command);
        int.TryParse(reply.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int port)
            .ShouldBeTrue($"{command}: {reply}");
        return new IPEndPoint(host, port);
    }
}
