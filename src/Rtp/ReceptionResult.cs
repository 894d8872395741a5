namespace RtpProxy.Rtp;

/// <summary>What <see cref="ReceptionStatistics"/> made of a packet.</summary>
public enum ReceptionResult
{
    /// <summary>It continues the stream, repeats a packet, or started a new run of it.</summary>
    Ok,

    /// <summary>It is the first of another source than before; the very first packet of all is <see cref="Ok"/>.</summary>
    SsrcChanged,

    /// <summary>
    /// It is older than the start of a run that began after a wrap, so it is not counted as sent or received. The daemon
    /// takes no notice; a reader of recordings stops there.
    /// </summary>
    BeforeRun,
}
