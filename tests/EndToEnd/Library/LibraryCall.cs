using System.Globalization;
using System.Net;
using RtpProxy.Controller;
using RtpProxy.EndToEnd.Phones;

namespace RtpProxy.EndToEnd.Library;

/// <summary>Two phones whose SDP a program passes through the library: no proxy, no SIP.</summary>
internal sealed class LibraryCall(IRtpProxyController media, string callId) : IDisposable
{
    private const int Packets = 20;
    private static readonly TimeSpan Distance = TimeSpan.FromMilliseconds(5);

    public MediaCall Call { get; private set; } = new(callId, "caller");

    public RtpPhone Caller { get; } = new(IPAddress.Loopback);

    public RtpPhone Callee { get; } = new(IPAddress.Loopback);

    /// <returns>The relay that has the call.</returns>
    public async Task<string> OfferAsync()
    {
        SdpResult offer = await media.OfferAsync(Call, SdpOf(Caller), cancellationToken: TestContext.Current.CancellationToken);
        offer.IsDone.ShouldBeTrue(offer.Reason);
        Callee.Remote = AddressIn(offer.Sdp!);
        return offer.Relay!;
    }

    /// <inheritdoc cref="OfferAsync"/>
    public async Task<string> AnswerAsync()
    {
        Call = Call with { ToTag = "callee" };
        SdpResult answer = await media.AnswerAsync(Call, SdpOf(Callee), cancellationToken: TestContext.Current.CancellationToken);
        answer.IsDone.ShouldBeTrue(answer.Reason);
        Caller.Remote = AddressIn(answer.Sdp!);
        return answer.Relay!;
    }

    /// <summary>Both send, and each hears all that the other has sent.</summary>
    public async Task TalkAsync()
    {
        Caller.Rtp.Clear();
        Callee.Rtp.Clear();
        CancellationToken stop = TestContext.Current.CancellationToken;
        await Task.WhenAll(Caller.TalkAsync(Packets, Distance, stop), Callee.TalkAsync(Packets, Distance, stop));
        await Caller.Rtp.ReceiveAsync(Packets);
        await Callee.Rtp.ReceiveAsync(Packets);
    }

    public void Dispose()
    {
        Caller.Dispose();
        Callee.Dispose();
    }

    private static string SdpOf(RtpPhone phone)
    {
        IPEndPoint local = phone.Rtp.Local;
        return $"v=0\r\no=- 1 1 IN IP4 {local.Address}\r\ns=-\r\nc=IN IP4 {local.Address}\r\nt=0 0\r\nm=audio {local.Port} RTP/AVP 0\r\n";
    }

    private static IPEndPoint AddressIn(string sdp)
    {
        string[] lines = sdp.Split("\r\n");
        string address = lines.Single(line => line.StartsWith("c=", StringComparison.Ordinal)).Split(' ')[2];
        string port = lines.Single(line => line.StartsWith("m=", StringComparison.Ordinal)).Split(' ')[1];
        return new IPEndPoint(IPAddress.Parse(address), int.Parse(port, CultureInfo.InvariantCulture));
    }
}
