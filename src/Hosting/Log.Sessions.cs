using Microsoft.Extensions.Logging;
using RtpProxy.Lines;

namespace RtpProxy.Hosting;

/// <content>
/// What the core decides about sessions, in the words of the original (media rules, sections 2.8 and 9), since operators
/// parse them. CallId is for the formatter, which begins the line with it.
/// </content>
#pragma warning disable SYSLIB1015 // The call-id is a value of the line, not of its text.
internal static partial class Log
{
    [LoggerMessage(2001, LogLevel.Information, "new {LegFamilies} session {NewCallId}, tag {Tag} requested, type {Type}")]
    public static partial void SessionRequested(ILogger logger, string legFamilies, PeerText newCallId, PeerText tag, string type);

    [LoggerMessage(2002, LogLevel.Information, "new session on {Family} port {Port} created, tag {Tag}")]
    public static partial void SessionCreated(ILogger logger, PeerText callId, string family, ushort port, PeerText tag);

    [LoggerMessage(2003, LogLevel.Error, "can't create listener on {Address}: {Reason}")]
    public static partial void PortsUnavailable(ILogger logger, PeerText callId, string address, string reason);

    [LoggerMessage(2004, LogLevel.Information, "lookup on ports {CalleePort}/{CallerPort}, session timer restarted")]
    public static partial void SessionUpdated(ILogger logger, PeerText callId, ushort calleePort, ushort callerPort);

    [LoggerMessage(2005, LogLevel.Information, "new port requested, releasing {OldRtp}/{OldRtcp}, replacing with {NewRtp}/{NewRtcp}")]
    public static partial void PortsReplaced(ILogger logger, PeerText callId, int oldRtp, int oldRtcp, int newRtp, int newRtcp);

    [LoggerMessage(2006, LogLevel.Information, "pre-filling {Actor}'s {Stream} address with {Remote}")]
    public static partial void RemotePrefilled(ILogger logger, PeerText callId, string actor, string stream, string remote);

    [LoggerMessage(2040, LogLevel.Warning, "no media goes to {Actor}'s {Stream} address {Address}, which is {Reason}")]
    public static partial void AddressNotBelieved(ILogger logger, PeerText callId, string actor, string stream, string address, string reason);

    [LoggerMessage(2041, LogLevel.Warning, "packets of {Actor}'s {Stream} stream from {Source} go round in a circle: dropped")]
    public static partial void PacketCircling(ILogger logger, PeerText callId, string actor, string stream, string source);

    [LoggerMessage(2007, LogLevel.Information, "putting {Actor}'s {Stream} stream on hold")]
    public static partial void PutOnHold(ILogger logger, PeerText callId, string actor, string stream);

    [LoggerMessage(2008, LogLevel.Information, "taking {Actor}'s {Stream} stream off-hold")]
    public static partial void TakenOffHold(ILogger logger, PeerText callId, string actor, string stream);

    [LoggerMessage(2009, LogLevel.Information, "{Actor}'s address {How}: {Source} ({Stream}), SSRC={Ssrc}, Seq={Sequence}")]
    public static partial void Latched(ILogger logger, PeerText callId, string actor, string how, string source, string stream, string ssrc, string sequence);

    [LoggerMessage(2010, LogLevel.Information, "{Actor}'s address filled in: {Remote} ({Stream})")]
    public static partial void RemoteLearned(ILogger logger, PeerText callId, string actor, string remote, string stream);

    [LoggerMessage(2011, LogLevel.Information, "guessing RTCP port for {Actor} to be {Port}")]
    public static partial void RtcpPortGuessed(ILogger logger, PeerText callId, string actor, ushort port);

    [LoggerMessage(2012, LogLevel.Information, "SSRC changed from {From}/{LastSequence} to {To}/{Sequence}")]
    public static partial void SsrcChanged(ILogger logger, PeerText callId, string from, string lastSequence, string to, string sequence);

    [LoggerMessage(2013, LogLevel.Information, "ignoring packets for {Actor}'s {Stream} stream from {Source}, which is not {Actor}")]
    public static partial void StrangerRefused(ILogger logger, PeerText callId, string actor, string stream, string source);

    [LoggerMessage(2050, LogLevel.Warning, "{Actor}'s address {Address} cannot be reached from our {Family} port {Port} for it: nothing is sent there")]
    public static partial void OtherFamilySignalled(ILogger logger, PeerText callId, string actor, string address, string family, ushort port);

    [LoggerMessage(2051, LogLevel.Warning, "packets for {Actor}'s {Stream} stream cannot be sent to {Address}: {Reason}")]
    public static partial void SendRefused(ILogger logger, PeerText callId, string actor, string stream, string address, string reason);

    [LoggerMessage(2052, LogLevel.Warning, "copies of {Actor}'s {Stream} stream cannot be sent to {Address}: {Reason}")]
    public static partial void CopyRefused(ILogger logger, PeerText callId, string actor, string stream, string address, string reason);

    [LoggerMessage(2060, LogLevel.Warning, "{Actor} is heard where it was signalled; its {Stream} packets had gone to {Stranger}, who had come first")]
    public static partial void StrangerDisplaced(ILogger logger, PeerText callId, string actor, string stream, string stranger);

    [LoggerMessage(2080, LogLevel.Information, "{Actor} pressed a digit: duration {Duration}, volume -{Volume} dBm0")]
    public static partial void DigitHeard(ILogger logger, PeerText callId, string actor, ushort duration, byte volume);

    [LoggerMessage(2081, LogLevel.Information, "{Actor} pressed the digit '{Digit}': duration {Duration}, volume -{Volume} dBm0")]
    public static partial void DigitShown(ILogger logger, PeerText callId, string actor, char digit, ushort duration, byte volume);

    [LoggerMessage(2082, LogLevel.Warning, "digits of {Actor} come faster than keys can be pressed: not all are told")]
    public static partial void DigitsTooFast(ILogger logger, PeerText callId, string actor);

    [LoggerMessage(2014, LogLevel.Information, "RTP packets from {Actor} will be resized to {Milliseconds} milliseconds")]
    public static partial void ResizingStarted(ILogger logger, PeerText callId, string actor, int milliseconds);

    [LoggerMessage(2015, LogLevel.Information, "Resizing of RTP packets from {Actor} has been disabled")]
    public static partial void ResizingStopped(ILogger logger, PeerText callId, string actor);

    [LoggerMessage(2016, LogLevel.Information, "{Count} times playing prompt {Prompt} codec {PayloadType}: SSRC={Ssrc}, seq={Sequence}")]
    public static partial void PlayerStarted(ILogger logger, PeerText callId, int count, PeerText prompt, byte payloadType, string ssrc, ushort sequence);

    [LoggerMessage(2017, LogLevel.Information, "player at port {Port} has finished")]
    public static partial void PlayerFinished(ILogger logger, PeerText callId, ushort port);

    [LoggerMessage(2018, LogLevel.Information, "stopping player at port {Port}")]
    public static partial void PlayerStopped(ILogger logger, PeerText callId, ushort port);

    [LoggerMessage(2019, LogLevel.Error, "can't create player: {Reason}")]
    public static partial void PlayerFailed(ILogger logger, PeerText callId, PeerText reason);

    [LoggerMessage(2020, LogLevel.Information, "starting recording {Stream} session on port {Port}")]
    public static partial void RecordingStarted(ILogger logger, PeerText callId, string stream, int port);

    [LoggerMessage(2021, LogLevel.Information, "stopping recording {Stream} session on port {Port}")]
    public static partial void RecordingStopped(ILogger logger, PeerText callId, string stream, int port);

    [LoggerMessage(2022, LogLevel.Error, "{Reason}")]
    public static partial void RecordingFailed(ILogger logger, PeerText callId, PeerText reason);

    [LoggerMessage(2070, LogLevel.Warning, "{Reason}")]
    public static partial void LeftOut(ILogger logger, PeerText callId, PeerText reason);

    [LoggerMessage(2071, LogLevel.Information, "{Reason}")]
    public static partial void LeftOutAsUsual(ILogger logger, PeerText callId, PeerText reason);

    [LoggerMessage(2090, LogLevel.Information, "the call is in trouble: {Verdict}; it was {Before}")]
    public static partial void CameIntoTrouble(ILogger logger, PeerText callId, string verdict, string before);

    [LoggerMessage(2091, LogLevel.Information, "the call is out of trouble: {Verdict}; it was {Before}")]
    public static partial void CameOutOfTrouble(ILogger logger, PeerText callId, string verdict, string before);

    [LoggerMessage(2023, LogLevel.Information, "session timeout")]
    public static partial void SessionTimedOut(ILogger logger, PeerText callId);

    [LoggerMessage(2024, LogLevel.Information, "forcefully deleting session {MediaNumber} on ports {CalleePort}/{CallerPort}")]
    public static partial void SessionDeleting(ILogger logger, PeerText callId, int mediaNumber, ushort calleePort, ushort callerPort);

    [LoggerMessage(2025, LogLevel.Information, "{Kind} stats: {FromCallee} in from callee, {FromCaller} in from caller, {Relayed} relayed, {Dropped} dropped, {Ignored} ignored")]
    public static partial void StreamStats(ILogger logger, PeerText callId, string kind, ulong fromCallee, ulong fromCaller, ulong relayed, ulong dropped, ulong ignored);

    [LoggerMessage(2026, LogLevel.Information, "{Reason}: {Count} packets dropped here")]
    public static partial void DroppedHere(ILogger logger, PeerText callId, string reason, ulong count);

    [LoggerMessage(2027, LogLevel.Information, "RTP times: {Actor}: first in at {FirstIn}, duration {Duration}, longest IPI {LongestInterval}")]
    public static partial void StreamTimes(ILogger logger, PeerText callId, string actor, string firstIn, string duration, string longestInterval);

    [LoggerMessage(2028, LogLevel.Information, "RTP stream from {Actor}: SSRC={Ssrc}, ssrc_changes={SsrcChanges}, psent={Sent}, precvd={Received}, plost={Lost}, pdups={Duplicates}")]
    public static partial void StreamQuality(ILogger logger, PeerText callId, string actor, string ssrc, uint ssrcChanges, uint sent, uint received, uint lost, uint duplicates);

    [LoggerMessage(2092, LogLevel.Information, "RTP quality of {Actor}: MOS-LQ {Score}, lowest {Lowest}; {Lost} lost, {Late} late; jitter {JitterMean} ms, at most {JitterMaximum}; round trip {RoundTrip} ms")]
    public static partial void StreamScore(ILogger logger, PeerText callId, string actor, string score, string lowest, uint lost, uint late, string jitterMean, string jitterMaximum, string roundTrip);

    [LoggerMessage(2093, LogLevel.Information, "verdict {Verdict}: {Sentence}")]
    public static partial void SessionVerdict(ILogger logger, PeerText callId, string verdict, PeerText sentence);

    [LoggerMessage(2029, LogLevel.Information, "session on ports {CalleePort}/{CallerPort} is cleaned up")]
    public static partial void SessionCleanedUp(ILogger logger, PeerText callId, ushort calleePort, ushort callerPort);
}
