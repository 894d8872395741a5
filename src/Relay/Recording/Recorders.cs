using RtpProxy.Relay.Events;
using RtpProxy.Relay.Forwarding;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Sessions;
using RtpProxy.Relay.Snapshots;
using RtpProxy.Relay.Statistics;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Recording;

/// <summary>Recordings of what a party sends, to files, or to another host as a copy (media rules, section 7).</summary>
/// <remarks>Owned by one worker.</remarks>
internal sealed class Recorders(
    IPortTable ports, PendingWork pending, Copies copies, RelayStatistics statistics, IEventSink events)
{
    /// <summary>Of the invented IPv4 header of the next record.</summary>
    public ushort NextIdentification { get; set; }

    /// <summary>Parties whose media is written to files now.</summary>
    public int Count { get; private set; }

    /// <summary>From now on the party's media is written to these files; in single-file mode they are the same.</summary>
    /// <param name="rtcp">Null when RTCP is not kept.</param>
    public void Start(Leg party, RecordingMode mode, IRecordingFile rtp, IRecordingFile? rtcp)
    {
        bool joins = mode.IsSingle && SingleFileOf(party.Session) is not null;
        Attach(party.Rtp, rtp, mode);
        Count++;
        if (!joins)
        {
            events.On(new RelayEvent.RecordingStarted(party.Rtp));
        }

        if (rtcp is not null)
        {
            Attach(party.Rtcp, rtcp, mode);
            events.On(new RelayEvent.RecordingStarted(party.Rtcp));
        }

        WantDetails(party, true);
    }

    /// <summary>Ends recording or copying of a party, or an attempt that is under way. False when there was nothing to end.</summary>
    public bool Stop(Leg party)
    {
        bool isAny = party.PendingRecording is not null || party.IsRecorded;
        party.PendingRecording = null;
        copies.Stop(party);
        if (party.Rtp.Recorder is not null)
        {
            Stop(party.Rtcp);
            Stop(party.Rtp);
            Count--;
            WantDetails(party, false);
        }

        return isAny;
    }

    /// <summary>Goes on with the recordings and copies of a party; one whose file or ports are gone ends.</summary>
    public void Resume(Leg party, LegSnapshot snapshot, IInheritance inheritance)
    {
        copies.Resume(party, snapshot, inheritance);
        foreach (RelayStream stream in (ReadOnlySpan<RelayStream>)[party.Rtp, party.Rtcp])
        {
            StreamSnapshot was = snapshot[stream.Kind];
            if (was.File is { } name && inheritance.FindRecording(party.Session.CallId, name, was.FileBytes) is { } file)
            {
                stream.Recorder = new StreamRecorder(file, was.Layout, was.IsSingle);
            }
        }

        Count += party.Rtp.Recorder is null ? 0 : 1;
        OnPortsOpened(party);
    }

    /// <summary>The party has other ports.</summary>
    public void OnPortsOpened(Leg party)
    {
        if (party.Rtp.Recorder is not null)
        {
            WantDetails(party, true);
        }
    }

    /// <summary>The file that one of the parties already writes both parties' media to, if any.</summary>
    public static IRecordingFile? SingleFileOf(Session session) =>
        SingleFileOf(session.Caller) ?? SingleFileOf(session.Callee);

    /// <summary>A file was left by one of those who wrote to it, or wanted to: it is closed if it was the last.</summary>
    public void CloseUnlessUsed(IRecordingFile file, Session? session)
    {
        if (session?.IsRecordedTo(file) != true && !pending.MayWriteTo(file))
        {
            file.Close();
        }
    }

    /// <summary>A packet on its way to the other party is kept or copied, whether or not it can be sent there.</summary>
    public void Observe<TSink>(in Passage passage, ref TSink sink)
        where TSink : IPacketSink, allows ref struct
    {
        if (passage.Stream.Recorder is { } recorder)
        {
            if (!TryRecord(passage, recorder))
            {
                statistics.CountLostRecord();
            }
        }
        else if (passage.Stream.Copy is { } copy)
        {
            copies.Send(passage, copy, ref sink);
        }
    }

    private static IRecordingFile? SingleFileOf(Leg party) =>
        party.Rtp.Recorder is { IsSingle: true } recorder ? recorder.File : null;

    private static void Attach(RelayStream stream, IRecordingFile file, RecordingMode mode) =>
        stream.Recorder = new StreamRecorder(file, mode.LayoutOf(stream.Kind), mode.IsSingle);

    private void Stop(RelayStream stream)
    {
        if (stream.Recorder is not { } recorder)
        {
            return;
        }

        events.On(new RelayEvent.RecordingStopped(stream));
        stream.Recorder = null;
        CloseUnlessUsed(recorder.File, stream.Leg.Session);
    }

    /// <summary>Records show the kernel's time and the address that was really used.</summary>
    private void WantDetails(Leg party, bool wanted)
    {
        if (party.Ports is { } pair)
        {
            ports.WantDetails(pair, wanted);
        }
    }

    private bool TryRecord(in Passage passage, StreamRecorder recorder)
    {
        RelayStream stream = passage.Stream;
        long wallMicroseconds = passage.Arrival.WallMicroseconds;
        if (recorder.Layout == RecordLayout.AdHoc)
        {
            return recorder.TryRecord(passage.Source, wallMicroseconds, passage.Bytes);
        }

        Endpoint from = passage.Source;
        Endpoint to;
        if (recorder.Layout == RecordLayout.PcapAsReceived)
        {
            to = stream.LocalOf(passage.Arrival.LocalHost);
        }
        else
        {
            RelayStream onward = stream.Onward;
            from = onward.LocalOf(onward.Leg.LocalHost.IsUnspecified ? passage.Arrival.LocalHost : default);
            to = onward.Remote;
        }

        bool isRecorded = recorder.TryRecord(from, to, wallMicroseconds, NextIdentification, passage.Bytes);
        if (isRecorded)
        {
            NextIdentification++;
        }

        return isRecorded;
    }
}
