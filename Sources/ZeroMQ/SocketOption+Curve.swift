import CZeroMQ

extension SocketOption where Value == CurvePublicKey {
    /// This end's public key.
    public static var curvePublicKey: Self { Self(code: ZMQ_CURVE_PUBLICKEY, name: "CURVE_PUBLICKEY", size: 32) }

    /// The public key that the end we connect to must have.
    public static var curveServerKey: Self { Self(code: ZMQ_CURVE_SERVERKEY, name: "CURVE_SERVERKEY", size: 32) }
}

extension SocketOption where Value == CurveSecretKey {
    /// This end's secret key.
    public static var curveSecretKey: Self { Self(code: ZMQ_CURVE_SECRETKEY, name: "CURVE_SECRETKEY", size: 32) }
}
