namespace RtpProxy.Daemon.Configuration;

/// <summary>What the original has in a module, and this program in itself.</summary>
internal enum BuiltInModule
{
    /// <summary>Call records in a file of the original's form (media rules, section 8.1).</summary>
    AcctCsv,
}
