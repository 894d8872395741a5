namespace RtpProxy.Media.Recording;

/// <summary>What the two formats have in common for <see cref="RecordingReader"/>.</summary>
internal interface IRecordWalker
{
    /// <summary>
    /// Delivers the next packet. False at the end of the file, then <paramref name="fault"/> is null, and at a fault.
    /// </summary>
    bool TryRead(out RecordedPacket packet, out RecordingFault? fault);
}
