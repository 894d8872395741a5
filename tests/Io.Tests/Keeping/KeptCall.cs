using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace RtpProxy.Io.Tests.Keeping;

/// <summary>A call through a relay that may be followed by another: two phones that number what they send.</summary>
internal sealed class KeptCall : IDisposable
{
    private readonly Socket _caller = KeptRelay.Phone();
    private readonly Socket _callee = KeptRelay.Phone();
    private readonly byte[] _packet = new byte[172];
    private ushort _sequence;

    private KeptCall()
    {
    }

    /// <summary>Our port that faces the callee.</summary>
    public int ForCallee { get; private set; }

    public int ForCaller { get; private set; }

    public static async Task<KeptCall> SetUpAsync(KeptRelay relay, string callId)
    {
        var call = new KeptCall();
        call.ForCallee = KeptRelay.PortOf(await relay.AskAsync($"Uc0 {callId} 127.0.0.1 {KeptRelay.PortOf(call._caller)} a"));
        call.ForCaller = KeptRelay.PortOf(await relay.AskAsync($"Lc0 {callId} 127.0.0.1 {KeptRelay.PortOf(call._callee)} a b"));
        call._caller.Connect(new IPEndPoint(IPAddress.Loopback, call.ForCaller));
        call._callee.Connect(new IPEndPoint(IPAddress.Loopback, call.ForCallee));
        return call;
    }

    /// <summary>Both say something.</summary>
    public void Speak(int packets = 1)
    {
        for (int i = 0; i < packets; i++)
        {
            _sequence++;
            Send(_caller, 7);
            Send(_callee, 8);
        }
    }

    /// <summary>Each hears all that the other has said, once and in order, up to what was said last.</summary>
    public void HearAll(int packets = 1)
    {
        for (int i = 1; i <= packets; i++)
        {
            Hear(_callee).ShouldBe($"7 {_sequence - packets + i}");
            Hear(_caller).ShouldBe($"8 {_sequence - packets + i}");
        }

        _callee.Available.ShouldBe(0);
        _caller.Available.ShouldBe(0);
    }

    /// <summary>What comes next to the caller, whatever it is: its payload type.</summary>
    public int HearSomething() => _caller.Receive(_packet) > 1 ? _packet[1] & 0x7F : -1;

    public void Dispose()
    {
        _caller.Dispose();
        _callee.Dispose();
    }

    private void Send(Socket phone, byte ssrc)
    {
        _packet.AsSpan().Clear();
        _packet[0] = 0x80;
        BinaryPrimitives.WriteUInt16BigEndian(_packet.AsSpan(2), _sequence);
        BinaryPrimitives.WriteUInt32BigEndian(_packet.AsSpan(4), (uint)(_sequence * 160));
        _packet[11] = ssrc;
        phone.Send(_packet);
    }

    /// <summary>Source and sequence number of what comes next.</summary>
    private string Hear(Socket phone)
    {
        phone.Receive(_packet).ShouldBe(172);
        return $"{_packet[11]} {BinaryPrimitives.ReadUInt16BigEndian(_packet.AsSpan(2))}";
    }
}
