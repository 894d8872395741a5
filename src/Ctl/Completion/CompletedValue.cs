namespace RtpProxy.Ctl.Completion;

/// <summary>What follows an option.</summary>
internal enum CompletedValue
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A word; of those that are listed, or any.</summary>
    Word,

    /// <summary>A path.</summary>
    File,

    /// <summary>A scheme, and a path behind it.</summary>
    Socket,
}
