using RtpProxy.Packages.Tests.Roots;

// Made once, for all tests.
[assembly: AssemblyFixture(typeof(SharedPackages))]
