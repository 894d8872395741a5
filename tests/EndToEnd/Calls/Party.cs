using System.Net;
using RtpProxy.EndToEnd.Control;
using RtpProxy.EndToEnd.Phones;
using RtpProxy.EndToEnd.Sipp;

namespace RtpProxy.EndToEnd.Calls;

/// <summary>One end of a test call: a SIPp process for the signalling, a phone per media line, and what its SDPs said.</summary>
/// <param name="isMarked">Descriptions that a relay is in say so by <c>a=nortpproxy</c>.</param>
public sealed class Party(string name, IPAddress address, IPAddress relay, IReadOnlyList<string> kinds, bool isMarked) : IAsyncDisposable
{
    private readonly Dictionary<int, int> _portOfLine = [];
    private SippPhone? _sipp;
    private int _version;

    public string Name => name;

    public IPAddress Address => address;

    public IReadOnlyList<RtpPhone> Lines { get; } =
        [.. kinds.Select(kind => new RtpPhone(address, payloadType: PayloadTypeOf(kind)))];

    public SippPhone Sipp => _sipp ?? throw new InvalidOperationException($"{name} has not been started");

    /// <summary>The lines that this party's last SDP accepted, by index.</summary>
    public IReadOnlyDictionary<int, int> RelayPorts => _portOfLine;

    public void Starts(SippPhone sipp) => _sipp = sipp;

    /// <summary>A session description of this party's lines, one version after the other.</summary>
    /// <param name="hold">Connection address 0.0.0.0, the hold of RFC 2543.</param>
    /// <param name="direction">The direction attribute.</param>
    /// <param name="behindNat">Show an address and ports that nobody can reach.</param>
    /// <param name="refuseFrom">Lines from this index on are refused with port 0.</param>
    public string Sdp(
        bool hold = false, string direction = "sendrecv", bool behindNat = false, int refuseFrom = int.MaxValue)
    {
        string family = address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? "IP4" : "IP6";
        string shown = behindNat ? "192.168.77.77" : address.ToString(); // RFC 1918: what phones behind NATs show
        string connection = $"c=IN {family} {(hold ? "0.0.0.0" : shown)}";
        IEnumerable<string> media = Lines.Select((line, index) =>
        {
            int port = index >= refuseFrom ? 0 : behindNat ? UnusedPort + (2 * index) : line.Rtp.Local.Port;
            string[] lines =
            [
                $"m={kinds[index]} {port} RTP/AVP {FormatsOf(kinds[index])}",
                .. kinds.Count > 1 ? (string[])[connection] : [],
                .. port == 0 ? [] : (string[])[$"a=rtcp:{port + 1}", $"a={direction}"],
            ];
            return string.Join('\n', lines);
        });
        string[] session =
        [
            "v=0", $"o={name} 1000 {++_version} IN {family} {shown}", "s=-",
            .. kinds.Count > 1 ? [] : (string[])[connection], "t=0 0", .. media,
        ];
        return string.Join('\n', session);
    }

    /// <summary>Waits for a point of the script and believes the SDP that the phone has received there.</summary>
    public async Task<SipText> HearAsync(string point)
    {
        SipText message = await Sipp.ReachAsync(point);
        Believe(message.Sdp ?? throw new InvalidDataException($"no SDP at \"{point}\": {message.StartLine}"));
        return message;
    }

    /// <summary>Where media of a line must come from.</summary>
    public IPEndPoint RelayOf(int line) => new(relay, _portOfLine[line]);

    public async ValueTask DisposeAsync()
    {
        if (_sipp is not null)
        {
            await _sipp.DisposeAsync();
        }

        foreach (RtpPhone line in Lines)
        {
            line.Dispose();
        }
    }

    /// <summary>Checks what a relay must do to an SDP, whatever the call, and points the phones at it.</summary>
    private void Believe(SdpText sdp)
    {
        string here = $"{(relay.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? "IP4" : "IP6")} {relay}";
        sdp.Markers.ShouldBe(isMarked ? 1 : 0, $"a=nortpproxy lines at the {name}");
        sdp.Media.Select(media => media.Kind).ShouldBe(kinds);
        for (int i = 0; i < sdp.Media.Count; i++)
        {
            SdpMedia media = sdp.Media[i];
            Lines[i].Remote = null;
            media.Formats.ShouldBe(FormatsOf(kinds[i]));
            if (media.IsRefused)
            {
                continue;
            }

            (media.Port % 2).ShouldBe(0, $"RTP port {media.Port}");
            media.Port.ShouldBeInRange(RelayDaemon.LowestPort, RelayDaemon.HighestPort - 1);
            media.Attributes.ShouldContain($"rtcp:{media.Port + 1}");
            if (!_portOfLine.TryAdd(i, media.Port))
            {
                media.Port.ShouldBe(_portOfLine[i], $"the port of line {i + 1} has moved");
            }

            if (!media.IsOnHold)
            {
                media.Connection.ShouldBe(here);
                sdp.Origin.ShouldBe(here);
                Lines[i].Remote = new IPEndPoint(IPAddress.Parse(media.Address), media.Port);
            }
        }
    }

    private const int UnusedPort = 5004; // below the kernel's own choices, on an address that only this party has

    private static byte PayloadTypeOf(string kind) => kind == "audio" ? (byte)0 : (byte)96;

    private static string FormatsOf(string kind) => kind == "audio" ? "0 101" : "96";
}
