namespace RtpProxy.Daemon.Options;

/// <summary>What is wrong with a number on the command line.</summary>
internal enum NumberFault
{
    None,

    /// <summary>The text is no number in the base wanted.</summary>
    NotANumber,

    /// <summary>It is a number outside the range wanted.</summary>
    OutOfRange,
}
