using RtpProxy.Relay.Notices;
using RtpProxy.Relay.Playback;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Recording;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Snapshots;

/// <summary>What outlives a worker, and is found again by what its snapshots name.</summary>
/// <remarks>Asked before the workers that inherit begin; of different workers on different threads. May block.</remarks>
public interface IInheritance
{
    /// <summary>Takes over an open pair; each can be taken once. False when it is not there.</summary>
    /// <param name="worker">Who takes it.</param>
    /// <param name="host">The address that it is bound to.</param>
    /// <param name="number">Of the RTP port.</param>
    /// <param name="isHeard">Datagrams on it reach the worker; else it only sends copies.</param>
    bool TryTakePorts(int worker, in Endpoint host, ushort number, bool isHeard, out PortPair ports);

    /// <summary>Goes on with a recording, the same for the same name; null when it cannot be written any more.</summary>
    /// <param name="callId">Of a session that is recorded to it.</param>
    /// <param name="name">Its <see cref="IRecordingFile.Name"/>.</param>
    /// <param name="wholeBytes">Its <see cref="IRecordingFile.WholeBytes"/> at some time.</param>
    IRecordingFile? FindRecording(string callId, string name, long wholeBytes);

    /// <summary>A prompt that was played; null when its file is gone.</summary>
    Prompt? FindPrompt(string name, byte payloadType);

    /// <summary>A target of notifications (<see cref="NoticeTarget.Name"/>); null when it is not permitted any more.</summary>
    NoticeTarget? FindNoticeTarget(string name);
}
