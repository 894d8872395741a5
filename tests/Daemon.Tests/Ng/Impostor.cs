using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using RtpProxy.Daemon.Tests.Media;

namespace RtpProxy.Daemon.Tests.Ng;

/// <summary>
/// Somebody with a call of his own who lets an address be named as the other party that is none, and then sends his orders as
/// media.
/// </summary>
/// <param name="client">The controller, which passes on what it was told.</param>
/// <param name="named">What is named as a party.</param>
internal sealed class Impostor(NgClient client, IPEndPoint named) : IDisposable
{
    private const string Call = "own";

    private readonly MediaPhone _phone = new(named.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Loopback : IPAddress.Loopback);
    private int _cookies;

    public void Dispose() => _phone.Dispose();

    /// <summary>Packets that came back to him.</summary>
    public int Heard => _phone.TakeAll();

    /// <summary>Makes his call; what he sends from now on is for the address that is named, if it is believed.</summary>
    public async Task CallAsync(Disguise way)
    {
        int port = way switch
        {
            Disguise.Offer => await OfferedAsync(At(named)),
            Disguise.HandedOver => await OfferedAsync(At(named), flag: "media-handover"),
            Disguise.PortBelow => await OfferedAsync(At(new IPEndPoint(named.Address, named.Port - 1))),
            Disguise.Rtcp => await OfferedAsync(Line(Elsewhere, 9, $"a=rtcp:{named.Port} IN {Word(named.Address)}\r\n")),
            Disguise.RtcpOfNobody => await OfferedAsync(Line(Elsewhere, 9, $"a=rtcp:{named.Port} IN {Word(Nobody)}\r\n")),
            Disguise.ReceivedFrom => await OfferedAsync(
                Line(Elsewhere, named.Port), flag: "SIP-source-address", more: $"13:received-froml{Text(Family(named.Address))}{Text($"{named.Address}")}e"),
            Disguise.Answer => await AnsweredAsync(),
            Disguise.Reoffer => await ReofferedAsync(),
            Disguise.Reanswer => await ReansweredAsync(),
            Disguise.Branch => await BranchedAsync(),
            Disguise.SubscribeAnswer => await SubscribedAsync(),
            Disguise.PublishedAndSubscribed => await PublishedAsync(),
            _ => throw new ArgumentOutOfRangeException(nameof(way), way, "unknown"),
        };
        _phone.Remote = new IPEndPoint(_phone.Local.Address, port);
    }

    /// <summary>Sends an order over and over, as RTP and as RTCP: what is taken for a command is taken once at least.</summary>
    /// <returns>How many packets.</returns>
    public int Order(string order)
    {
        const int Times = 20;
        for (int i = 0; i < Times; i++)
        {
            _phone.SendRtp(Encoding.Latin1.GetBytes($"{_cookies++} {order}"));
            _phone.SendReport(Encoding.Latin1.GetBytes($"{_cookies++} {order}"));
        }

        return 2 * Times;
    }

    private string Own => At(_phone.Local);

    private IPAddress Elsewhere => named.AddressFamily == AddressFamily.InterNetworkV6
        ? IPAddress.Parse("2001:db8::50")
        : IPAddress.Parse("198.51.100.50");

    private IPAddress Nobody => named.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any;

    private async Task<int> OfferedAsync(string media, string? flag = null, string more = "")
    {
        string flags = flag is null ? "" : $"5:flagsl{Text(flag)}e";
        int port = await AskAsync("offer", "a", null, media, flags, more);
        await AskAsync("answer", "a", "b", Own);
        return port;
    }

    private async Task<int> AnsweredAsync()
    {
        await AskAsync("offer", "a", null, Own);
        return await AskAsync("answer", "a", "b", At(named));
    }

    private async Task<int> ReofferedAsync()
    {
        int port = await OfferedAsync(Line(Elsewhere, 9));
        await AskAsync("offer", "a", "b", At(named));
        await AskAsync("answer", "a", "b", Own);
        return port;
    }

    private async Task<int> ReansweredAsync()
    {
        int port = await OfferedAsync(Line(Elsewhere, 9));
        await AskAsync("offer", "b", "a", Own);
        await AskAsync("answer", "b", "a", At(named));
        return port;
    }

    private async Task<int> BranchedAsync()
    {
        await AskAsync("offer", "a", null, Own, "", BranchOf("1"));
        await AskAsync("offer", "a", null, Own, "", BranchOf("2"));
        await AskAsync("answer", "a", "b", Line(Elsewhere, 9), "", BranchOf("1"));
        return await AskAsync("answer", "a", "c", At(named), "", BranchOf("2"));
    }

    private async Task<int> SubscribedAsync()
    {
        int port = await OfferedAsync(Line(Elsewhere, 9));
        await AskAsync("subscribe request", "b", "rec", null);
        await AskAsync("subscribe answer", null, "rec", At(named) + "a=recvonly\r\n");
        return port;
    }

    private async Task<int> PublishedAsync()
    {
        int port = await AskAsync("publish", "b", null, Own + "a=sendonly\r\n");
        await AskAsync("subscribe request", "b", "rec", null);
        await AskAsync("subscribe answer", null, "rec", At(named) + "a=recvonly\r\n");
        return port;
    }

    /// <returns>The port in the reply; 0 if it tells none.</returns>
    private async Task<int> AskAsync(string command, string? from, string? to, string? media, string flags = "", string more = "")
    {
        string reply = await client.AskAsync(
            $"c{_cookies++}",
            $"d7:command{Text(command)}7:call-id{Text(Call)}{Field("from-tag", from)}{Field("to-tag", to)}{flags}{more}{Field("sdp", media)}e");
        reply.ShouldContain("6:result2:ok");
        return reply.Contains("m=audio", StringComparison.Ordinal) ? NgClient.PortIn(reply) : 0;
    }

    private static string At(IPEndPoint address) => Line(address.Address, address.Port);

    private static string Line(IPAddress host, int port, string attribute = "") => string.Create(
        CultureInfo.InvariantCulture,
        $"v=0\r\no=- 1 1 IN {Word(host)}\r\ns=-\r\nc=IN {Word(host)}\r\nt=0 0\r\nm=audio {port} RTP/AVP 0\r\n{attribute}");

    private static string Word(IPAddress host) => $"{Family(host)} {host}";

    private static string Family(IPAddress host) => host.AddressFamily == AddressFamily.InterNetworkV6 ? "IP6" : "IP4";

    private static string BranchOf(string name) => $"10:via-branch{Text(name)}";

    private static string Field(string key, string? value) => value is null ? "" : Text(key) + Text(value);

    private static string Text(string text) => string.Create(CultureInfo.InvariantCulture, $"{text.Length}:{text}");
}
