using System.Globalization;
using System.Net;
using RtpProxy.EndToEnd.Phones;
using RtpProxy.EndToEnd.Processes;

namespace RtpProxy.EndToEnd.Alone;

/// <summary>A session of one media line between two phones, without SIP.</summary>
public sealed class LoneCall(LoneRelay relay, string callId) : IDisposable
{
    private const string Tags = "from to";

    public RtpPhone Caller { get; } = new(Loopback.NextAddress());

    public RtpPhone Callee { get; } = new(Loopback.NextAddress());

    /// <summary>The relay's port that the caller sends to and hears from.</summary>
    public IPEndPoint FacingCaller => Caller.Remote ?? throw new InvalidOperationException("not answered yet");

    /// <summary>The relay's port that the callee sends to and hears from.</summary>
    public IPEndPoint FacingCallee => Callee.Remote ?? throw new InvalidOperationException("not offered yet");

    /// <summary>Sends <c>U</c> with the caller's address, or again, as a re-INVITE does.</summary>
    public async Task OfferAsync() =>
        Callee.Remote = await AskForPortAsync("U", Caller);

    /// <summary>Sends <c>L</c> with the callee's address, or again.</summary>
    public async Task AnswerAsync() =>
        Caller.Remote = await AskForPortAsync("L", Callee);

    public Task<string> QueryAsync() => relay.AskAsync($"Q {callId} {Tags}");

    public async Task DeleteAsync() => (await relay.AskAsync($"D {callId} {Tags}")).ShouldBe("0");

    /// <summary>One packet each way, and both are heard.</summary>
    public async Task ExchangeAsync()
    {
        Caller.SendPacket();
        Callee.SendPacket();
        await Callee.Rtp.ReceiveAsync(Caller.PacketsSent);
        await Caller.Rtp.ReceiveAsync(Callee.PacketsSent);
    }

    /// <summary>Both phones have heard each other's stream whole, from the right ports, and nothing else.</summary>
    public void ShouldBeUndisturbed()
    {
        Callee.ShouldHaveHeardExactly(Caller, FacingCallee);
        Caller.ShouldHaveHeardExactly(Callee, FacingCaller);
    }

    public void Dispose()
    {
        Caller.Dispose();
        Callee.Dispose();
    }

    private async Task<IPEndPoint> AskForPortAsync(string command, RtpPhone phone)
    {
        IPEndPoint local = phone.Rtp.Local;
        string reply = await relay.AskAsync($"{command} {callId} {local.Address} {local.Port} {Tags}");
        string[] words = reply.Split(' ');
        words.Length.ShouldBe(2, $"{command}: {reply}");
        return new IPEndPoint(IPAddress.Parse(words[1]), int.Parse(words[0], CultureInfo.InvariantCulture));
    }
}
