using RtpProxy.Rtp;

namespace RtpProxy.Relay;

/// <summary>When and where a datagram came in.</summary>
/// <param name="Now">The monotonic time at which the worker woke up; shared by a batch.</param>
/// <param name="WallMicroseconds">Wall clock in microseconds since the UNIX epoch: the kernel's arrival time on ports
/// that asked for details (<see cref="Ports.IPortTable.WantDetails"/>), else the batch's.</param>
/// <param name="LocalHost">The address the datagram was sent to, on ports that asked for details; else unknown.</param>
public readonly record struct Arrival(Instant Now, long WallMicroseconds = 0, Endpoint LocalHost = default);
