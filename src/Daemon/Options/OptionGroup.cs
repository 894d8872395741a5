namespace RtpProxy.Daemon.Options;

/// <summary>The headings under which <c>--help</c> tells of the options, in its order.</summary>
internal enum OptionGroup
{
    Addresses,
    Control,
    Media,
    Recording,
    Telling,
    Watching,
    Process,
    Questions,
}
