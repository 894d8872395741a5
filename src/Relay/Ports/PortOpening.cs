namespace RtpProxy.Relay.Ports;

/// <summary>How an attempt to open a port pair ended.</summary>
public enum PortOpening
{
    Opened,

    /// <summary>Every pair of the range is in use on that address.</summary>
    RangeExhausted,

    /// <summary>The process may open no more descriptors.</summary>
    DescriptorsExhausted,

    /// <summary>The address cannot be bound on this machine, or the system refused for another reason.</summary>
    AddressUnusable,
}
