namespace RtpProxy.Daemon.Configuration;

/// <summary>What the original has in a module, and this program in itself.</summary>
internal enum BuiltInModule
{
    /// <summary>Call records in a file of the original's form (media rules, section 8.1).</summary>
    AcctCsv,

    /// <summary>RTCP of the calls for a HEP collector (media rules, section 8.2).</summary>
    AcctRtcpHep,

    /// <summary>Digits that sub-commands ask for (media rules, section 8.3); the first one is there unasked.</summary>
    CatchDtmf,
}
