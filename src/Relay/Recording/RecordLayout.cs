namespace RtpProxy.Relay.Recording;

/// <summary>What a record looks like and whose addresses it shows (media rules, section 7.5).</summary>
internal enum RecordLayout : byte
{
    /// <summary>Sender, time, packet.</summary>
    AdHoc,

    /// <summary>A captured frame from the sender to our port.</summary>
    PcapAsReceived,

    /// <summary>A captured frame from our port to the other party: RTCP in a file that both parties share.</summary>
    PcapAsSent,
}
