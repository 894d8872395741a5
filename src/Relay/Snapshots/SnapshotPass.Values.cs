using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using RtpProxy.Relay.Forwarding;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Quality;
using RtpProxy.Relay.Sessions;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Snapshots;

/// <content>The words of the relay.</content>
internal ref partial struct SnapshotPass
{
    private const int IPv4Length = 4;
    private const int IPv6Length = 16;

    /// <summary>One of the values of an enumeration of bytes, from 0 to <paramref name="last"/>.</summary>
    public void Choice<T>(ref T value, T last)
        where T : unmanaged, Enum
    {
        byte octet = Unsafe.BitCast<T, byte>(value);
        Octet(ref octet, Unsafe.BitCast<T, byte>(last));
        value = Unsafe.BitCast<byte, T>(octet);
    }

    public void Value(ref Ssrc value)
    {
        uint number = value.Value;
        Number(ref number);
        value = new Ssrc(number);
    }

    public void Value(ref SequenceNumber value)
    {
        ushort number = value.Value;
        Number(ref number);
        value = new SequenceNumber(number);
    }

    public void Value(ref RtpTimestamp value)
    {
        uint number = value.Value;
        Number(ref number);
        value = new RtpTimestamp(number);
    }

    public void Value(ref PayloadType value)
    {
        byte number = value.Value;
        Octet(ref number, 127);
        value = new PayloadType(number);
    }

    public void Optional(ref Ssrc? value)
    {
        uint? number = value?.Value;
        Optional(ref number);
        value = number is { } known ? new Ssrc(known) : null;
    }

    public void Optional(ref SequenceNumber? value)
    {
        SequenceNumber known = value.GetValueOrDefault();
        bool isKnown = Present(value is not null);
        if (isKnown)
        {
            Value(ref known);
        }

        value = isKnown ? known : null;
    }

    public void Optional(ref RtpTimestamp? value)
    {
        uint? number = value?.Value;
        Optional(ref number);
        value = number is { } known ? new RtpTimestamp(known) : null;
    }

    public void Optional(ref uint? value)
    {
        uint known = value.GetValueOrDefault();
        bool isKnown = Present(value is not null);
        if (isKnown)
        {
            Number(ref known);
        }

        value = isKnown ? known : null;
    }

    public void Optional(ref PendingId? value)
    {
        long known = value.GetValueOrDefault().Value;
        bool isKnown = Present(value is not null);
        if (isKnown)
        {
            Number(ref known, min: 0);
        }

        value = isKnown ? new PendingId(known) : null;
    }

    /// <summary>0 for an unknown one, else 4 or 6, address and port; and the scope of IPv6.</summary>
    public void Value(ref Endpoint value)
    {
        byte family = value.IsIPv4 ? (byte)4 : value.IsIPv6 ? (byte)6 : (byte)0;
        Octet(ref family);
        switch (family)
        {
            case 0:
                value = default;
                break;
            case 4:
                PassIPv4(ref value);
                break;
            case 6:
                PassIPv6(ref value);
                break;
            default:
                Refuse();
                value = default;
                break;
        }
    }

    private void PassIPv4(ref Endpoint value)
    {
        Span<byte> address = stackalloc byte[IPv4Length];
        ushort port = value.Port;
        BinaryPrimitives.WriteUInt32BigEndian(address, value.IPv4Address);
        Octets(address);
        Number(ref port);
        value = Endpoint.FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(address), port);
    }

    private void PassIPv6(ref Endpoint value)
    {
        Span<byte> address = stackalloc byte[IPv6Length];
        ushort port = value.Port;
        uint scope = value.ScopeId;
        if (!IsReading)
        {
            value.WriteAddress(address);
        }

        Octets(address);
        Number(ref port);
        Number(ref scope);
        value = Endpoint.FromIPv6(address, port, scope);
    }

    public void Value(ref LocalAddress value)
    {
        Endpoint host = Endpoint.From(value.Address, 0);
        string? advertised = value.Advertised;
        string? label = value.Label;
        Value(ref host);
        OptionalText(ref advertised, SnapshotLimits.Text);
        OptionalText(ref label, SnapshotLimits.Text);
        if (!IsReading)
        {
            return;
        }

        if (!host.IsKnown)
        {
            Refuse();
        }

        // Mostly that of the session read before.
        if (advertised != value.Advertised || label != value.Label || host != Endpoint.From(value.Address, 0))
        {
            value = new LocalAddress(host.ToIPAddress(), advertised, label);
        }
    }

    public void Value(ref SessionId value)
    {
        int worker = value.Worker;
        long serial = value.Serial;
        Number(ref worker, 0, SnapshotLimits.Workers);
        Number(ref serial, min: 0);
        value = new SessionId(worker, serial);
    }

    public void Value(ref Verdict value)
    {
        VerdictCode code = value.Code;
        Side party = value.Party.GetValueOrDefault();
        Choice(ref code, VerdictCode.BadQuality);
        bool hasParty = Present(value.Party is not null);
        if (hasParty)
        {
            Choice(ref party, Side.Callee);
        }

        value = new Verdict(code, hasParty ? party : null);
    }

    public void Value(ref Fork value)
    {
        SessionId source = value.Source;
        SessionId target = value.Target;
        Side callerHears = value.CallerHears;
        Value(ref source);
        Value(ref target);
        Choice(ref callerHears, Side.Callee);
        value = new Fork(source, target, callerHears);
    }
}
