use super::{closed_set, serde_as_text};

closed_set! {
    what: "a state";
    /// A state, the District of Columbia or a territory, by the two letters of the postal service. Read in any case.
    ///
    /// ```
    /// use cleanclaim::model::State;
    ///
    /// assert_eq!("nd".parse::<State>()?, State::Nd);
    /// assert_eq!(State::Nd.to_string(), "ND");
    /// # Ok::<(), cleanclaim::model::ParseError>(())
    /// ```
    #[strum(serialize_all = "UPPERCASE", ascii_case_insensitive)]
    #[non_exhaustive]
    pub enum State {
        /// Alabama.
        Al,
        /// Alaska.
        Ak,
        /// Arizona.
        Az,
        /// Arkansas.
        Ar,
        /// California.
        Ca,
        /// Colorado.
        Co,
        /// Connecticut.
        Ct,
        /// Delaware.
        De,
        /// The District of Columbia.
        Dc,
        /// Florida.
        Fl,
        /// Georgia.
        Ga,
        /// Hawaii.
        Hi,
        /// Idaho.
        Id,
        /// Illinois.
        Il,
        /// Indiana.
        In,
        /// Iowa.
        Ia,
        /// Kansas.
        Ks,
        /// Kentucky.
        Ky,
        /// Louisiana.
        La,
        /// Maine.
        Me,
        /// Maryland.
        Md,
        /// Massachusetts.
        Ma,
        /// Michigan.
        Mi,
        /// Minnesota.
        Mn,
        /// Mississippi.
        Ms,
        /// Missouri.
        Mo,
        /// Montana.
        Mt,
        /// Nebraska.
        Ne,
        /// Nevada.
        Nv,
        /// New Hampshire.
        Nh,
        /// New Jersey.
        Nj,
        /// New Mexico.
        Nm,
        /// New York.
        Ny,
        /// North Carolina.
        Nc,
        /// North Dakota.
        Nd,
        /// Ohio.
        Oh,
        /// Oklahoma.
        Ok,
        /// Oregon.
        Or,
        /// Pennsylvania.
        Pa,
        /// Rhode Island.
        Ri,
        /// South Carolina.
        Sc,
        /// South Dakota.
        Sd,
        /// Tennessee.
        Tn,
        /// Texas.
        Tx,
        /// Utah.
        Ut,
        /// Vermont.
        Vt,
        /// Virginia.
        Va,
        /// Washington.
        Wa,
        /// West Virginia.
        Wv,
        /// Wisconsin.
        Wi,
        /// Wyoming.
        Wy,
        /// American Samoa.
        As,
        /// Guam.
        Gu,
        /// The Northern Mariana Islands.
        Mp,
        /// Puerto Rico.
        Pr,
        /// The Virgin Islands.
        Vi,
    }
}

serde_as_text!(State);
