using RtpProxy.Relay.Events;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Recording;
using RtpProxy.Relay.Sessions;
using RtpProxy.Rtp;

namespace RtpProxy.Relay;

/// <content>Recordings and copies of what a party sends (media rules, section 7).</content>
public sealed partial class RelayWorker
{
    private ushort _nextIdentification;

    /// <summary>From now on the party's media is written to these files; in single-file mode they are the same.</summary>
    /// <param name="rtcp">Null when RTCP is not kept.</param>
    internal void StartRecording(Leg party, RecordingMode mode, IRecordingFile rtp, IRecordingFile? rtcp)
    {
        bool joins = mode.IsSingle && SingleFileOf(party.Session) is not null;
        Attach(party.Rtp, rtp, mode);
        if (!joins)
        {
            World.Events.On(new RelayEvent.RecordingStarted(party.Rtp));
        }

        if (rtcp is not null)
        {
            Attach(party.Rtcp, rtcp, mode);
            World.Events.On(new RelayEvent.RecordingStarted(party.Rtcp));
        }

        WantDetails(party, true);
    }

    /// <summary>From now on the party's media is also sent elsewhere: RTP to <paramref name="target"/>, RTCP to the next port.</summary>
    internal void StartCopy(Leg party, in PortPair ports, in Endpoint target, bool withRtcp)
    {
        party.CopyPorts = ports;
        party.Rtp.Copy = new StreamCopy(ports.Rtp, target);
        World.Events.On(new RelayEvent.RecordingStarted(party.Rtp));
        if (withRtcp)
        {
            party.Rtcp.Copy = new StreamCopy(ports.Rtcp, target.WithPort((ushort)(target.Port + 1)));
            World.Events.On(new RelayEvent.RecordingStarted(party.Rtcp));
        }
    }

    /// <summary>Ends recording or copying of a party, or an attempt that is under way. False when there was nothing to end.</summary>
    internal bool StopRecording(Leg party)
    {
        bool wasPending = party.PendingRecording is not null;
        party.PendingRecording = null;
        if (!party.IsRecorded)
        {
            return wasPending;
        }

        StopRecording(party.Rtcp);
        StopRecording(party.Rtp);
        WantDetails(party, false);
        if (party.CopyPorts is { } ports)
        {
            party.CopyPorts = null;
            World.Ports.Close(ports);
        }

        return true;
    }

    /// <summary>The file that one of the parties already writes both parties' media to, if any.</summary>
    internal static IRecordingFile? SingleFileOf(Session session) =>
        SingleFileOf(session.Caller) ?? SingleFileOf(session.Callee);

    private static IRecordingFile? SingleFileOf(Leg party) =>
        party.Rtp.Recorder is { IsSingle: true } recorder ? recorder.File : null;

    /// <summary>A file was left by one of those who wrote to it, or wanted to: it is closed if it was the last.</summary>
    internal void CloseUnlessUsed(IRecordingFile file, Session? session)
    {
        if (session?.IsRecordedTo(file) != true && !World.Pending.Holds(file))
        {
            file.Close();
        }
    }

    private static void Attach(RelayStream stream, IRecordingFile file, RecordingMode mode) =>
        stream.Recorder = new StreamRecorder(file, mode.LayoutOf(stream.Kind), mode.IsSingle);

    private void StopRecording(RelayStream stream)
    {
        if (stream.Recorder is null && stream.Copy is null)
        {
            return;
        }

        World.Events.On(new RelayEvent.RecordingStopped(stream));
        IRecordingFile? file = stream.Recorder?.File;
        stream.Recorder = null;
        stream.Copy = null;
        if (file is not null)
        {
            CloseUnlessUsed(file, stream.Leg.Session);
        }
    }

    /// <summary>Records show the kernel's time and the address that was really used.</summary>
    private void WantDetails(Leg party, bool wanted)
    {
        if (party.Ports is { } ports)
        {
            World.Ports.WantDetails(ports, wanted);
        }
    }

    /// <summary>A packet on its way to the other party is kept or copied, whether or not it can be sent there.</summary>
    private void Observe<TSink>(
        RelayStream stream, in Endpoint source, ReadOnlySpan<byte> datagram, in Arrival arrival, ref TSink sink)
        where TSink : IPacketSink, allows ref struct
    {
        if (stream.Recorder is { } recorder)
        {
            if (!TryRecord(stream, recorder, source, datagram, arrival))
            {
                Statistics.CountLostRecord();
            }
        }
        else if (stream.Copy is { } copy)
        {
            SendOutcome outcome = sink.Send(copy.From, copy.To, datagram);
            if (outcome != SendOutcome.Sent && !copy.IsRefusalTold)
            {
                copy.IsRefusalTold = true;
                World.Events.On(new RelayEvent.CopyRefused(stream, copy.To, outcome));
            }
        }
    }

    private bool TryRecord(
        RelayStream stream, StreamRecorder recorder, in Endpoint source, ReadOnlySpan<byte> datagram, in Arrival arrival)
    {
        if (recorder.Layout == RecordLayout.AdHoc)
        {
            return recorder.TryRecord(source, arrival.WallMicroseconds, datagram);
        }

        Endpoint from = source;
        Endpoint to;
        if (recorder.Layout == RecordLayout.PcapAsReceived)
        {
            to = LocalOf(stream, arrival.LocalHost);
        }
        else
        {
            RelayStream onward = stream.Leg.Session.Opposite(stream.Leg)[stream.Kind];
            from = onward.Leg.LocalHost.IsUnspecified ? LocalOf(onward, arrival.LocalHost) : LocalOf(onward, default);
            to = onward.Remote;
        }

        bool recorded = recorder.TryRecord(from, to, arrival.WallMicroseconds, _nextIdentification, datagram);
        if (recorded)
        {
            _nextIdentification++;
        }

        return recorded;
    }

    /// <summary>Our address of a stream: the exact one if it is known, else the one the port is bound to.</summary>
    private static Endpoint LocalOf(RelayStream stream, in Endpoint exact)
    {
        Endpoint bound = stream.Leg.LocalHost;
        int port = stream.Leg.PortNumber + (stream.Kind == StreamKind.Rtcp ? 1 : 0);
        return (exact.IsKnown && exact.IsIPv6 == bound.IsIPv6 ? exact : bound).WithPort((ushort)port);
    }
}
