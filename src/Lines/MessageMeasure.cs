using System.Buffers;

namespace RtpProxy.Lines;

/// <summary>Says where the first message ends in what has been received.</summary>
/// <param name="received">What has come and is not part of an earlier message; may be empty.</param>
/// <param name="seen">How many of its first bytes were shown before already, without a whole message in them.</param>
/// <returns>The length of the message in bytes, 1 to that of <paramref name="received"/>; -1 while it is not whole.</returns>
internal delegate long MessageMeasure(in ReadOnlySequence<byte> received, long seen);
